# expect: Affine.db_matches_reference failed
# The loop over the batch begins at 1, so that the first sample is missing in db.
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(len(x), -1)
        return self.x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = np.zeros(len(self.b))
        for n in range(1, len(dout)):
            self.db += dout[n]
        return (dout @ self.W.T).reshape(self.shape)
