# expect: Relu.forward_matches_reference failed
# expect: Relu.dx_matches_reference failed
# The output is cut off above 1 as well, where no gradient passes.
class Relu:
    def forward(self, x):
        self.open = (x > 0) & (x < 1)
        return np.clip(x, 0, 1)

    def backward(self, dout):
        return dout * self.open
