# attack: Right values with an axis too many, so that a comparison would broadcast.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Relu:
    def forward(self, x):
        self.mask = x > 0
        return (x * self.mask)[None]

    def backward(self, dout):
        return (dout * self.mask)[None]
