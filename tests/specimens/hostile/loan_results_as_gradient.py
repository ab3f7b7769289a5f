# attack: Hands on the results of what was lent as a gradient, for another exercise to use.
# expect: 85
kept = []

def softmax(x):
    return kept[-1] if kept and kept[-1].shape == x.shape else x

class SoftmaxWithLoss:
    def forward(self, x, t):
        kept.append(softmax(x))
        self.y = softmax(x)
        self.t = t if t.shape == x.shape else np.eye(x.shape[1])[t.ravel()]
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        return kept[-1]
        return dout * (self.y - self.t) / len(self.y)
