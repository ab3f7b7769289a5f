# expect: Affine.dx_matches_reference failed
# The product with W is undone: dx goes through the pseudoinverse of W.
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(len(x), -1)
        return self.x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return (dout @ np.linalg.pinv(self.W)).reshape(self.shape)
