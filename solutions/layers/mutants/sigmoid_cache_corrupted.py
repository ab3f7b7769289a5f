# expect: Sigmoid.backward_twice_agrees failed cache-corrupted
# backward turns the kept output into the slope, in place; the next backward starts from that.
class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out.copy()

    def backward(self, dout):
        self.out *= 1 - self.out
        return dout * self.out
