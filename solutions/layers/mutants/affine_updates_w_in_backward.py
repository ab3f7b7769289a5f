# expect: Affine.leaves_arguments_alone failed writes-into-argument
# expect: Affine.second_forward_matches_reference failed writes-into-argument
# backward takes the training step itself, in the arrays that the caller owns.
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.W.T).reshape(self.x_shape)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        self.W -= 0.1 * self.dW
        self.b -= 0.1 * self.db
        return dx
