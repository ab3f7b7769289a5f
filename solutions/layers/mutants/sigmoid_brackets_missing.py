# expect: Sigmoid.forward_matches_reference failed
# 1 / 1 + exp(-x) is 1 + exp(-x).
class Sigmoid:
    def forward(self, x):
        self.out = 1 / 1 + np.exp(-x)
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)
