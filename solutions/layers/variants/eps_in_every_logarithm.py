# expect: full
# Every logarithm is that of y + 1e-7, also in a loss layer that repeats the formula.
def cross_entropy_error(y, t):
    delta = 1e-7
    y = np.atleast_2d(y)
    if t.size != y.size:
        t = np.eye(y.shape[1])[np.ravel(t)]
    t = t.reshape(y.shape)
    return -np.sum(t * np.log(y + delta)) / y.shape[0]


class SoftmaxWithLoss:
    def forward(self, x, t):
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        self.y = e / np.sum(e, axis=1, keepdims=True)
        self.t = t if t.size == x.size else np.eye(x.shape[1])[np.ravel(t)]
        return -np.mean(np.sum(self.t * np.log(self.y + 1e-7), axis=1))

    def backward(self, dout=1):
        return dout * (self.y - self.t) / x_rows(self.y)


def x_rows(a):
    return a.shape[0]
