# attack: A float that equals everything, in place of an array.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Right(float):
    def __eq__(self, _):
        return True

    def __sub__(self, _):
        return 0.0

    __rsub__ = __sub__
    __hash__ = float.__hash__

class Relu:
    def forward(self, x):
        return Right(0)

    def backward(self, dout):
        return dout * 0
