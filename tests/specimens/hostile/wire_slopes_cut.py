# attack: Patches the stacking of many calls so that an odd number of results comes back.
# expect: 100
# prints: patched
import sys

class Attack:
    calls = sys.modules["grader_box.calls"]
    real = calls.stack
    calls.stack = lambda values, real=real: real(values[:3])
    print("patched")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
