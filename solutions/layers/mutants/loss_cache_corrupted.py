# expect: SoftmaxWithLoss.backward_twice_agrees failed cache-corrupted
# dx = self.y is no copy: the label is subtracted from the kept probabilities, each time anew.
class SoftmaxWithLoss:
    def __init__(self):
        self.loss = None
        self.y = None
        self.t = None

    def forward(self, x, t):
        self.y = softmax(x)
        self.t = t.argmax(axis=1) if t.size == x.size else t.ravel()
        self.loss = cross_entropy_error(self.y, self.t)
        return self.loss

    def backward(self, dout=1):
        n = self.t.shape[0]
        dx = self.y
        dx[np.arange(n), self.t] -= 1
        dx /= n
        return dout * dx
