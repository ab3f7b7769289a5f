# attack: Patches os.write in the middle of a call, so that answers are never sent.
# expect: 90
# verdict: Relu.forward_matches_reference timed_out
import os


class Relu:
    def forward(self, x):
        os.write = lambda *_: 0
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * 0
