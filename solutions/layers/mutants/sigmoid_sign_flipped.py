# expect: Sigmoid.dx_matches_reference failed sign-flipped
# y (y - 1) for y (1 - y).
class Sigmoid:
    def forward(self, x):
        y = 1 / (1 + np.exp(-x))
        self.y = y
        return y

    def backward(self, dout):
        return dout * self.y * (self.y - 1)
