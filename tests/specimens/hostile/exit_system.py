# attack: Calls sys.exit.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import sys


class Relu:
    def forward(self, x):
        sys.exit(0)

    def backward(self, dout):
        return dout * 0
