# expect: Affine.db_matches_reference failed wrong-axis
# Summed over the outputs, axis 1: one value a sample.
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.original_shape = x.shape
        x = x.reshape(len(x), -1)
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=1)
        return np.dot(dout, self.W.T).reshape(self.original_shape)
