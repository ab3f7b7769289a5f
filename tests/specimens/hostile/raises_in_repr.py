# attack: An object whose repr calls itself, in an exception.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
class Odd:
    def __repr__(self):
        return repr(self)

class Relu:
    def forward(self, x):
        raise ValueError(Odd())

    def backward(self, dout):
        return dout * 0
