# expect: SoftmaxWithLoss.uses_dout failed upstream-ignored
# The published backward pass takes dout and does not use it; behind a factor on the loss it is wrong.
class SoftmaxWithLoss:
    def __init__(self):
        self.loss = None
        self.y = None
        self.t = None

    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        self.loss = cross_entropy_error(self.y, self.t)
        return self.loss

    def backward(self, dout=1):
        batch_size = self.t.shape[0]
        if self.t.size == self.y.size:
            dx = (self.y - self.t) / batch_size
        else:
            dx = self.y.copy()
            dx[np.arange(batch_size), self.t.reshape(-1)] -= 1
            dx = dx / batch_size
        return dx
