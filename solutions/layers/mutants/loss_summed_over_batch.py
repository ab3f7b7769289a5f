# expect: SoftmaxWithLoss.forward_matches_reference failed batch-mean-missing
# A loss of its own, which is the sum over the batch.
class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        self.t = t if t.size == x.size else np.eye(x.shape[1])[t.ravel()]
        return -np.sum(self.t * np.log(self.y + 1e-7))

    def backward(self, dout=1):
        return dout * (self.y - self.t) / self.y.shape[0]
