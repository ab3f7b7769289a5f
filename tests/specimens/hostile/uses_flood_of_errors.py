# attack: Writes to standard error without end.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import sys


class Relu:
    def forward(self, x):
        while True:
            sys.stderr.write('x' * 4096)

    def backward(self, dout):
        return dout * 0
