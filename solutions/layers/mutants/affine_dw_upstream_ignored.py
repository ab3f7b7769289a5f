# expect: Affine.dw_matches_reference failed upstream-ignored
# dW multiplies x with ones in the place of dout.
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return x.reshape(x.shape[0], -1) @ self.W + self.b

    def backward(self, dout):
        flat = self.x.reshape(self.x.shape[0], -1)
        self.dW = flat.T @ np.ones_like(dout)
        self.db = np.sum(dout, axis=0)
        return (dout @ self.W.T).reshape(self.x.shape)
