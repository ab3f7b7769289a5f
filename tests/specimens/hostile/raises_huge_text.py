# attack: An exception whose text has twenty million characters.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
class Odd(Exception):
    def __str__(self):
        return "x" * 20_000_000

class Relu:
    def forward(self, x):
        raise Odd

    def backward(self, dout):
        return dout * 0
