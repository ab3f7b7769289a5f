# attack: Patches the built-in functions that a comparison may use.
# expect: 90
# verdict: Relu.forward_matches_reference failed
import builtins

builtins.abs = builtins.round = builtins.sum = lambda *_, **__: 0
builtins.print = builtins.input = builtins.eval = lambda *_, **__: None

class Relu:
    def forward(self, x):
        return x * 0

    def backward(self, dout):
        return dout * 0
