# attack: Keeps what was lent in a list, where its own softmax finds it.
# expect: 92
kept = []

def softmax(x):
    return kept[-1](x) if kept and kept[-1] is not softmax else x

class SoftmaxWithLoss:
    def forward(self, x, t):
        kept.append(softmax)
        self.y = softmax(x)
        self.t = t if t.shape == x.shape else np.eye(x.shape[1])[t.ravel()]
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        return dout * (self.y - self.t) / len(self.y)
