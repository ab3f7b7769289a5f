# expect: SoftmaxWithLoss.stays_finite_for_large_inputs failed overflow
# exp of the scores as they come, here written out in forward.
class SoftmaxWithLoss:
    def forward(self, x, t):
        e = np.exp(x)
        self.y = e / e.sum(axis=1, keepdims=True)
        self.t = t if t.size == x.size else np.eye(x.shape[1])[t.ravel()]
        return -np.sum(self.t * np.log(self.y + 1e-7)) / x.shape[0]

    def backward(self, dout=1):
        return dout * (self.y - self.t) / self.t.shape[0]
