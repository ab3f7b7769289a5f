# attack: Loops for ever.
# expect: 90
# verdict: Relu.forward_matches_reference timed_out
class Relu:
    def forward(self, x):
        while True:
            pass

    def backward(self, dout):
        return dout * 0
