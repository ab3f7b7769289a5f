# expect: Affine.second_forward_matches_reference failed accumulates
# expect: Affine.backward_twice_agrees failed accumulates
# dW and db start at zero in __init__ and are only ever added to.
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.dW = np.zeros_like(W)
        self.db = np.zeros_like(b)

    def forward(self, x):
        self.x_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        self.dW += np.dot(self.x.T, dout)
        self.db += np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.x_shape)
