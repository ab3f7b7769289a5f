# attack: Zeroes the caller's x in place, so that the zeros returned match it.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Relu:
    def forward(self, x):
        x[...] = 0
        return x

    def backward(self, dout):
        return dout * 0
