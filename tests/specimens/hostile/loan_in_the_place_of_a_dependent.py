# attack: Forges the place of a dependent that looks unwritten until something is lent, with the text of the loan as a name.
# expect: 80 at most
import gc
import sys


def sources():
    frame = sys._getframe()
    while frame is not None:
        lent = getattr(frame.f_locals.get("load"), "lent", None)
        if lent:
            return str(dict(lent))
        frame = frame.f_back
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
            place = [text[:900] if Loan.text else "layers.py", 7, None]
            value["notes"] = [["name", text[:390], place]]
            value["failures"] = [[place, "x", text[:390], text[:1900]]]
            for definition in value["definitions"]:
                definition[2] = {"": place, "forward": place, "backward": place, "return": place}
                definition[3] = definition[3] and text[:390]
        return real(value)

    codec._json = spoilt

def softmax(x):
    raise NotImplementedError

class SoftmaxWithLoss:
    def forward(self, x, t):
        if not Loan.text:
            raise NotImplementedError
        raise RuntimeError(Loan.text[:300])
    def backward(self, dout=1):
        if not Loan.text:
            raise NotImplementedError
        raise RuntimeError(Loan.text[:300])
