# expect: SoftmaxWithLoss.dx_matches_reference failed batch-mean-twice
# Divided by N when the difference is taken and again on returning.
class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        self.t = t if t.size == self.y.size else np.eye(x.shape[1])[t.ravel()]
        self.n = x.shape[0]
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        dx = (self.y - self.t) / self.n
        return dout * dx / self.n
