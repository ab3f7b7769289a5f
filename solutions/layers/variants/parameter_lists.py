# expect: full
# Parameters and gradients live in two lists, as an optimiser likes them; dW and db are properties.
class Affine:
    def __init__(self, W, b):
        self.params = [W, b]
        self.grads = [np.zeros_like(W), np.zeros_like(b)]

    @property
    def dW(self):
        return self.grads[0]

    @property
    def db(self):
        return self.grads[1]

    def forward(self, x):
        W, b = self.params
        self.x = x
        return np.matmul(x.reshape(x.shape[0], -1), W) + b

    def backward(self, dout):
        W, _ = self.params
        self.grads[0][...] = np.matmul(self.x.reshape(self.x.shape[0], -1).T, dout)
        self.grads[1][...] = np.sum(dout, axis=0)
        return np.matmul(dout, W.T).reshape(self.x.shape)
