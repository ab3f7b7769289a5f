# expect: Sigmoid.dx_matches_reference failed before-after-activation
# x * (1 - x) with the input, where the formula holds for the output.
class Sigmoid:
    def forward(self, x):
        self.x = x
        return 1 / (1 + np.exp(-x))

    def backward(self, dout):
        return dout * self.x * (1 - self.x)
