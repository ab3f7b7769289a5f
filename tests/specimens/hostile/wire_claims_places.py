# attack: Claims to have defined its exercises in files, cells and lines that nobody handed in.
# expect: 100
# prints: patched
import sys


class Attack:
    codec = sys.modules["grader_box.codec"]
    real = codec._json

    def spoilt(value, real=real):
        if type(value) is dict and "definitions" in value:
            place = ["../../../etc/passwd", 2**31, 2**31]
            for definition in value["definitions"]:
                definition[2] = {"": place, "forward": place, "backward": place, "x" * 200: place}
        return real(value)

    codec._json = spoilt
    print("patched")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
