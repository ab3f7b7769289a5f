# expect: Affine.forward_matches_reference failed bias-missing
# forward leaves b out.
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return x.reshape(x.shape[0], -1) @ self.W

    def backward(self, dout):
        n = self.x.shape[0]
        self.dW = self.x.reshape(n, -1).T @ dout
        self.db = dout.sum(axis=0)
        return (dout @ self.W.T).reshape(self.x.shape)
