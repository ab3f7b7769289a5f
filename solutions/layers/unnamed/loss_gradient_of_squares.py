# expect: SoftmaxWithLoss.dx_matches_reference failed
# backward belongs to the squared error of the probabilities, taken back through softmax.
class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        t = t if t.size == x.size else np.eye(x.shape[-1])[t.ravel()]
        self.t = t.reshape(x.shape)
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        dy = self.y - self.t
        dx = self.y * (dy - np.sum(dy * self.y, axis=-1, keepdims=True))
        return dout * dx / len(self.y)
