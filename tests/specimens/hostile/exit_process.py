# attack: Ends the process with success.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os


class Relu:
    def forward(self, x):
        os._exit(0)

    def backward(self, dout):
        return dout * 0
