# attack: A number whose array interface points to address 0.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
from numbers import Number

class Pointer(Number):
    __hash__ = None
    __array_interface__ = {"version": 3, "typestr": "<f8", "shape": (4096,), "data": (8, False)}

class Relu:
    def forward(self, x):
        return Pointer()

    def backward(self, dout):
        return dout * 0
