# expect: Relu.forward_matches_reference failed
# Negative inputs come out positive.
class Relu:
    def forward(self, x):
        self.mask = x > 0
        return np.abs(x)

    def backward(self, dout):
        return dout * self.mask
