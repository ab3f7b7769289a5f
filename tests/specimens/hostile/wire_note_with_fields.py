# attack: What was loaded carries a note whose id is a format string with fields.
# expect: 100
# prints: patched
import sys


class Attack:
    codec = sys.modules["grader_box.codec"]
    real = codec._json

    def spoilt(value, real=real):
        if type(value) is dict and "definitions" in value:
            value["notes"] = [["{0} {detail.__class__.__mro__} {nothing} {", "x", None]]
        return real(value)

    codec._json = spoilt
    print("patched")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
