# expect: full
# The class is called ReLU, and the gradient of the weights is kept as dw.
class ReLU:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = x > 0
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * self.mask


class Affine:
    def __init__(self, w, b):
        self.w = w
        self.b = b
        self.dw = np.zeros_like(w)
        self.db = np.zeros_like(b)

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return self.x.dot(self.w) + self.b

    def backward(self, dout):
        self.dw = self.x.T.dot(dout)
        self.db = dout.sum(axis=0)
        return dout.dot(self.w.T).reshape(self.shape)
