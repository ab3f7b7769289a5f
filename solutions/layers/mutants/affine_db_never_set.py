# expect: Affine.db_matches_reference failed gradient-missing
# self.db stays None: the sum goes into a local variable.
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.x = None
        self.dW = None
        self.db = None

    def forward(self, x):
        self.x_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.x_shape)
