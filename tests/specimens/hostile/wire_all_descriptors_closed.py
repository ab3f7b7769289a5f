# attack: Closes every descriptor there is.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os


class Relu:
    def forward(self, x):
        os.closerange(0, 256)
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * 0
