# expect: SoftmaxWithLoss.dx_matches_reference failed target-missing
# The label never enters the gradient.
class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        self.t = t
        return cross_entropy_error(self.y, t)

    def backward(self, dout=1):
        return dout * self.y / self.y.shape[0]
