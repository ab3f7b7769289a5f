# expect: Sigmoid.forward_matches_reference failed
# e is typed in as 2.7.
class Sigmoid:
    def forward(self, x):
        e = 2.7
        self.out = 1 / (1 + e ** (-x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)
