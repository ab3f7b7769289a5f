# expect: SoftmaxWithLoss.dx_matches_reference failed
# The gradient is multiplied by the loss itself.
class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        t = t if t.size == x.size else np.eye(x.shape[-1])[t.ravel()]
        self.t = t.reshape(x.shape)
        self.loss = cross_entropy_error(self.y, self.t)
        return self.loss

    def backward(self, dout=1):
        return dout * self.loss * (self.y - self.t) / len(self.y)
