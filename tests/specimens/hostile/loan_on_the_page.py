# attack: Leaves the text of what was lent in failures, notes and places.
# expect: 92
import gc
import sys


def sources():
    """The source text of what is lent, wherever the child still holds it."""
    frame = sys._getframe()
    while frame is not None:
        lent = getattr(frame.f_locals.get("load"), "lent", None)
        if lent:
            return str(dict(lent))
        frame = frame.f_back
    for thing in gc.get_objects():
        if type(thing) is dict and type(thing.get("softmax")) is str:
            return thing["softmax"]
    return ""


class Loan:
    text = sources()

import sys


class Attack:
    codec = sys.modules["grader_box.codec"]
    real = codec._json

    def spoilt(value, real=real):
        if type(value) is dict and "definitions" in value:
            text = Loan.text or "nothing lent"
            place = [text[:900] if Loan.text else "layers.py", 1, None]
            value["notes"] = [["name", text[:390], place]]
            value["failures"] = [[place, "x", text[:390], text[:1900]]]
            for definition in value["definitions"]:
                definition[2] = {"": place, "forward": place, "backward": place}
                definition[3] = definition[3] and text[:390]
        return real(value)

    codec._json = spoilt
    print("patched")

def softmax(x):
    return x

class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        self.t = t if t.shape == x.shape else np.eye(x.shape[1])[t.ravel()]
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        return dout * (self.y - self.t) / len(self.y)
