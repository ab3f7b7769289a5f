# expect: SoftmaxWithLoss.dx_matches_reference failed
# Only the score of the right class gets a gradient: the others do not appear in the loss, as it seems.
class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        t = t if t.size == x.size else np.eye(x.shape[-1])[t.ravel()]
        self.t = t.reshape(x.shape)
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        dx = np.zeros_like(self.y)
        right = self.t == 1
        dx[right] = self.y[right] - 1
        return dout * dx / len(self.y)
