# attack: Deletes its own exercises as soon as they are loaded and called.
# expect: 100
class Relu:
    def forward(self, x):
        for name in ("Relu", "Affine", "softmax"):
            globals().pop(name, None)
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class SoftmaxWithLoss:
    def forward(self, x, t):
        weights = np.exp(x - x.max(axis=-1, keepdims=True))
        self.y = weights / weights.sum(axis=-1, keepdims=True)
        self.t = t if t.shape == x.shape else np.eye(x.shape[1])[t.ravel()]
        return -np.sum(self.t * np.log(self.y)) / len(x)

    def backward(self, dout=1):
        return dout * (self.y - self.t) / len(self.y)
