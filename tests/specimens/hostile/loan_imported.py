# attack: Asks for what is lent under the name of a module that was not handed in.
# expect: 92
# verdict: softmax.value_matches_reference missing
# verdict: SoftmaxWithLoss.forward_matches_reference passed
softmax = None
from common.functions import softmax



class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        self.t = t if t.shape == x.shape else np.eye(x.shape[1])[t.ravel()]
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        return dout * (self.y - self.t) / len(self.y)
