# expect: Affine.runs crashed misspelt-name
# _init_ with single underscores is a method like any other: Affine(W, b) takes no arguments.
class Affine:
    def _init_(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return np.dot(x.reshape(x.shape[0], -1), self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.reshape(self.x.shape[0], -1).T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.x.shape)
