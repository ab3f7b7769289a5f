# expect: SoftmaxWithLoss.dx_matches_reference failed wrong-denominator
# shape[1] is the number of classes, not of samples.
class SoftmaxWithLoss:
    def __init__(self):
        self.y = self.t = None

    def forward(self, x, t):
        if t.size != x.size:
            t = np.eye(x.shape[1])[t.ravel()]
        self.t = t
        self.y = softmax(x)
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        return (self.y - self.t) * dout / self.t.shape[1]
