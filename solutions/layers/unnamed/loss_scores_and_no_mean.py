# expect: SoftmaxWithLoss.dx_matches_reference failed
# Two mistakes at once: the scores stand for the probabilities, and the mean over the batch is missing.
class SoftmaxWithLoss:
    def forward(self, x, t):
        self.x = x
        t = t if t.size == x.size else np.eye(x.shape[-1])[t.ravel()]
        self.t = t.reshape(x.shape)
        return cross_entropy_error(softmax(x), self.t)

    def backward(self, dout=1):
        return dout * (self.x - self.t)
