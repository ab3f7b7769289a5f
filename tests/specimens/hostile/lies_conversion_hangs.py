# attack: A number whose conversion to an array never ends.
# expect: 90
# verdict: Relu.forward_matches_reference timed_out
from numbers import Number

class Slow(Number):
    __hash__ = None

    def __array__(self, *_, **__):
        while True:
            pass

class Relu:
    def forward(self, x):
        return Slow()

    def backward(self, dout):
        return dout * 0
