# expect: Affine.dx_matches_reference failed sign-flipped
# A minus from the update rule slipped into dx.
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return x.reshape(x.shape[0], -1) @ self.W + self.b

    def backward(self, dout):
        flat = self.x.reshape(self.x.shape[0], -1)
        self.dW = flat.T @ dout
        self.db = dout.sum(0)
        return -(dout @ self.W.T).reshape(self.x.shape)
