# expect: full
# The chain rule in its longest form: the gradient of the loss times the Jacobian of softmax, one sample at a time.
class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        self.t = t if t.size == x.size else np.eye(x.shape[1])[t.reshape(-1)]
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        n = self.y.shape[0]
        dx = np.zeros_like(self.y)
        for i in range(n):
            y = self.y[i]
            jacobian = np.diag(y) - np.outer(y, y)
            dy = -self.t[i] / np.maximum(y, 1e-300)
            dx[i] = dout * jacobian @ dy / n
        return dx
