# expect: Affine.db_matches_reference failed wrong-axis
# np.sum without an axis adds everything up to one number.
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.keep = x
        return x.reshape(x.shape[0], -1) @ self.W + self.b

    def backward(self, dout):
        self.dW = self.keep.reshape(len(self.keep), -1).T @ dout
        self.db = np.sum(dout)
        return (dout @ self.W.T).reshape(self.keep.shape)
