# expect: Affine.db_matches_reference failed
# db is the length of each column of dout, the root of the sum of squares.
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(len(x), -1)
        return self.x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = np.linalg.norm(dout, axis=0)
        return (dout @ self.W.T).reshape(self.shape)
