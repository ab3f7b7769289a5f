# attack: Writes bytes that are no text to the descriptors of both streams.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os


class Relu:
    def forward(self, x):
        while True:
            os.write(1, b'\xff\x00\xc3' * 999)
            os.write(2, b'\x1b[31m\xf0' * 999)

    def backward(self, dout):
        return dout * 0
