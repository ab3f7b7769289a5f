# expect: SoftmaxWithLoss.leaves_arguments_alone failed writes-into-argument
# The scores of the caller are shifted in place.
class SoftmaxWithLoss:
    def forward(self, x, t):
        x -= x.max(axis=1, keepdims=True)
        self.y = softmax(x)
        self.t = t if t.size == x.size else np.eye(x.shape[1])[t.ravel()]
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        return dout * (self.y - self.t) / self.y.shape[0]
