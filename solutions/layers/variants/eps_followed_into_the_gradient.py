# expect: full
# The gradient is that of log(y + 1e-7) itself, so it differs a little from (y - t) / N.
class SoftmaxWithLoss:
    EPS = 1e-7

    def forward(self, x, t):
        self.y = softmax(x)
        self.t = t if t.size == x.size else np.eye(x.shape[1])[t.reshape(-1)]
        return -np.sum(self.t * np.log(self.y + self.EPS)) / len(x)

    def backward(self, dout=1):
        dy = -dout * self.t / (self.y + self.EPS) / len(self.y)
        inner = np.sum(dy * self.y, axis=1, keepdims=True)
        return self.y * (dy - inner)
