# expect: Affine.dw_matches_reference failed batch-mean-twice
# dW is averaged over the batch although the loss layer has done that.
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return x.reshape(x.shape[0], -1) @ self.W + self.b

    def backward(self, dout):
        n = dout.shape[0]
        self.dW = self.x.reshape(n, -1).T @ dout / n
        self.db = dout.sum(axis=0)
        return (dout @ self.W.T).reshape(self.x.shape)
