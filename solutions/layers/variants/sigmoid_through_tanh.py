# expect: full
# sigmoid(x) = (1 + tanh(x / 2)) / 2, and its slope from tanh.
class Sigmoid:
    def forward(self, x):
        self.th = np.tanh(0.5 * x)
        return 0.5 * (1 + self.th)

    def backward(self, dout):
        return dout * 0.25 * (1 - self.th ** 2)
