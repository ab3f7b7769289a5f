# expect: Sigmoid.dx_matches_reference failed other-slope
# 1 - y^2 is the slope of tanh.
class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * (1 - self.out ** 2)
