# attack: Empties sys.modules and the module's own globals in the middle of a call.
# expect: 90 at most
import sys


class Relu:
    def forward(self, x):
        sys.modules.clear()
        globals().clear()
        return x * 0

    def backward(self, dout):
        return dout * 0
