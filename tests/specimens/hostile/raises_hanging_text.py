# attack: An exception whose text never ends.
# expect: 90
# verdict: Relu.forward_matches_reference timed_out
class Odd(Exception):
    def __str__(self):
        while True:
            pass

class Relu:
    def forward(self, x):
        raise Odd

    def backward(self, dout):
        return dout * 0
