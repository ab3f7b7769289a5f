# attack: A text of a hundred million characters.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Relu:
    def forward(self, x):
        return 'x' * 10**8

    def backward(self, dout):
        return dout * 0
