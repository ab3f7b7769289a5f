# expect: Affine.runs crashed compared-not-assigned
# self.db is compared with its value before there is one.
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db == np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.shape)
