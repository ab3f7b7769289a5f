# attack: Patches the stacking of many calls so that one number comes back.
# expect: 100
# prints: patched
import sys

class Attack:
    calls = sys.modules["grader_box.calls"]
    calls.stack = lambda values: np.array(1.0)
    print("patched")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
