# attack: What was loaded carries markup, terminal codes and long texts in notes, failures and places.
# expect: 100
# prints: patched
import sys


class Attack:
    codec = sys.modules["grader_box.codec"]
    real = codec._json

    def spoilt(value, real=real):
        if type(value) is dict and "definitions" in value:
            place = ["<script>alert(1)</script>\u202e\x1b[2J" + "x" * 900, 7, 3]
            bad = [place, "<script>alert(2)</script>", "=cmd()|\x00\x1b]0;t\x07" + "y" * 380, "z" * 1900]
            value["notes"] = [["<script>alert(3)</script>\x9b31m", "", place]] * 50
            value["failures"] = [bad] * 20
            for definition in value["definitions"]:
                definition[2] = {"": place, "forward": place, "backward": place}
        return real(value)

    codec._json = spoilt
    print("patched")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
