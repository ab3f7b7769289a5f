# expect: full
# np.where everywhere, with x >= 0 for the gate of ReLU.
class Relu:
    def forward(self, x):
        self.x = x
        return np.where(x >= 0, x, 0.0)

    def backward(self, dout):
        return np.where(self.x >= 0, dout, 0.0)


class Sigmoid:
    def forward(self, x):
        z = np.exp(-np.where(x < 0, -x, x))
        self.y = np.where(x < 0, z, 1.0) / (1.0 + z)
        return self.y

    def backward(self, dout):
        return np.where(dout == 0, 0.0, dout * (self.y - self.y * self.y))
