# expect: full
# The loss is log(sum(exp(x))) - x[label], without probabilities on the way; finite for any scores.
class SoftmaxWithLoss:
    def forward(self, x, t):
        self.t = t if t.size == x.size else np.eye(x.shape[1])[t.reshape(-1)]
        top = x.max(axis=1, keepdims=True)
        self.log_y = x - top - np.log(np.exp(x - top).sum(axis=1, keepdims=True))
        return float(-(self.t * self.log_y).sum() / x.shape[0])

    def backward(self, dout=1):
        return dout * (np.exp(self.log_y) - self.t) / self.t.shape[0]
