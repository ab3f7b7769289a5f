# expect: Affine.dx_matches_reference failed
# backward returns (dx, dW, db) where dx alone is asked for.
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return x.reshape(x.shape[0], -1) @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.reshape(self.x.shape[0], -1).T @ dout
        self.db = dout.sum(axis=0)
        dx = (dout @ self.W.T).reshape(self.x.shape)
        return dx, self.dW, self.db
