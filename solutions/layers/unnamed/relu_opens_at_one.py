# expect: Relu.forward_matches_reference failed
# expect: Relu.dx_matches_reference failed
# The gate opens at 1 instead of 0.
class Relu:
    def forward(self, x):
        self.mask = x > 1
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
