# expect: Sigmoid.forward_matches_reference failed argument-negated
# exp(x) for exp(-x): the curve falls.
class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)
