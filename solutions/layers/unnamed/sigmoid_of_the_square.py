# expect: Sigmoid.forward_matches_reference failed
# expect: Sigmoid.dx_matches_reference failed
# The exponent is squared, as in a bell curve.
class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x ** 2))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)
