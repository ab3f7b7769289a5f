# expect: Sigmoid.dx_matches_reference failed upstream-ignored
# The local slope alone.
class Sigmoid:
    def forward(self, x):
        self.y = 1.0 / (1.0 + np.exp(-x))
        return self.y

    def backward(self, dout):
        return self.y * (1.0 - self.y)
