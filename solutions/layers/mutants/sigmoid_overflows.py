# expect: Sigmoid.stays_finite_for_large_inputs failed overflow
# exp(x) / (1 + exp(x)) is inf / inf for large x.
class Sigmoid:
    def forward(self, x):
        self.out = np.exp(x) / (1 + np.exp(x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)
