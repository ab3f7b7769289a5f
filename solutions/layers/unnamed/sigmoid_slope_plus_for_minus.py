# expect: Sigmoid.dx_matches_reference failed
# A plus for a minus within the slope: y (1 + y).
class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 + self.out)
