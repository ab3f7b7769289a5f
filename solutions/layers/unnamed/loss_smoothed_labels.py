# expect: SoftmaxWithLoss.forward_matches_reference failed
# expect: SoftmaxWithLoss.dx_matches_reference failed
# The labels are smoothed: the right class is asked for 90 % only, and all share the rest.
class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        t = t if t.size == x.size else np.eye(x.shape[-1])[t.ravel()]
        self.t = 0.9 * t.reshape(x.shape) + 0.1 / x.shape[-1]
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        return dout * (self.y - self.t) / len(self.y)
