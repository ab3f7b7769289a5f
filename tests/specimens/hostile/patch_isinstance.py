# attack: Patches isinstance and len to lie.
# expect: 90
import builtins

builtins.isinstance = lambda *_: True
builtins.len = lambda *_: 1

class Relu:
    def forward(self, x):
        return x * 0

    def backward(self, dout):
        return dout * 0
