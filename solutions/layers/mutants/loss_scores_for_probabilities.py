# expect: SoftmaxWithLoss.dx_matches_reference failed scores-not-probabilities
# The label is subtracted from the scores x; it belongs to the probabilities y.
class SoftmaxWithLoss:
    def forward(self, x, t):
        self.x = x
        self.y = softmax(x)
        self.t = t if t.size == x.size else np.eye(x.shape[1])[t.ravel()]
        self.loss = cross_entropy_error(self.y, self.t)
        return self.loss

    def backward(self, dout=1):
        return dout * (self.x - self.t) / self.x.shape[0]
