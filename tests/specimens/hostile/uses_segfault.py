# attack: Reads address 0.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import ctypes


class Relu:
    def forward(self, x):
        ctypes.string_at(0)

    def backward(self, dout):
        return dout * 0
