# expect: SoftmaxWithLoss.forward_matches_reference failed returns-nothing
# The loss is kept in self.loss only.
class SoftmaxWithLoss:
    def __init__(self):
        self.loss = None

    def forward(self, x, t):
        self.y = softmax(x)
        self.t = t if t.size == x.size else np.eye(x.shape[1])[t.ravel()]
        self.loss = cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        return dout * (self.y - self.t) / self.y.shape[0]
