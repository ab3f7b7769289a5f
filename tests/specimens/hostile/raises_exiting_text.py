# attack: An exception whose text ends the process.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os

class Odd(Exception):
    def __str__(self):
        os._exit(3)

class Relu:
    def forward(self, x):
        raise Odd

    def backward(self, dout):
        return dout * 0
