# attack: Computes a power that holds the interpreter's lock for hours.
# expect: 90
# verdict: Relu.forward_matches_reference timed_out
class Relu:
    def forward(self, x):
        return 3 ** (7 ** 11)

    def backward(self, dout):
        return dout * 0
