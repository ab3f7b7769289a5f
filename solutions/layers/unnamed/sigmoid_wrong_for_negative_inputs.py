# expect: Sigmoid.forward_matches_reference failed
# expect: Sigmoid.dx_matches_reference failed
# Two formulas against overflow, of which the one for negative inputs is misremembered.
class Sigmoid:
    def forward(self, x):
        small = np.exp(-np.abs(x))
        self.out = np.where(x >= 0, 1 / (1 + small), small / (1 + small ** 2))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)
