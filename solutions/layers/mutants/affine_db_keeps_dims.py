# expect: Affine.db_matches_reference failed wrong-shape
# keepdims=True leaves db as a row of shape (1, M), while b has the shape (M,).
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x_in = x
        flat = x.reshape(x.shape[0], -1)
        return flat.dot(self.W) + self.b

    def backward(self, dout):
        flat = self.x_in.reshape(self.x_in.shape[0], -1)
        self.dW = flat.T.dot(dout)
        self.db = dout.sum(axis=0, keepdims=True)
        return dout.dot(self.W.T).reshape(self.x_in.shape)
