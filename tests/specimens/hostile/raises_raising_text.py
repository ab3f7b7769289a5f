# attack: An exception whose text, repr and type all raise.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
class Text(str):
    def __getitem__(self, _):
        raise SystemExit

    def encode(self, *_):
        raise SystemExit


class Odd(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__

    @property
    def __traceback__(self):
        raise self

    @property
    def args(self):
        raise self


class Worse(Odd):
    def __str__(self):
        return Text("text")

class Relu:
    def forward(self, x):
        raise Odd

    def backward(self, dout):
        raise Worse
