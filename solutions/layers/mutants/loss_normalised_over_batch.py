# expect: SoftmaxWithLoss.forward_matches_reference failed normalised-over-batch
# Its own softmax divides by the sum over the whole batch.
class SoftmaxWithLoss:
    def _probabilities(self, x):
        e = np.exp(x - np.max(x))
        return e / np.sum(e)

    def forward(self, x, t):
        self.y = self._probabilities(x)
        self.t = t if t.size == x.size else np.eye(x.shape[1])[t.ravel()]
        return -np.sum(self.t * np.log(self.y + 1e-7)) / x.shape[0]

    def backward(self, dout=1):
        return dout * (self.y - self.t) / self.y.shape[0]
