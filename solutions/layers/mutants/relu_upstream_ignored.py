# expect: Relu.dx_matches_reference failed upstream-ignored
# The mask itself is returned, without dout.
class Relu:
    def forward(self, x):
        self.mask = (x > 0).astype(float)
        return x * self.mask

    def backward(self, dout):
        return self.mask
