# expect: full
# Names with capitals and without underscores, and parameters that are called otherwise.
def affineForward(X, W, B):
    return X.reshape(X.shape[0], -1) @ W + B, (X, W)


def affineBackward(dY, saved):
    X, W = saved
    return (dY @ W.T).reshape(X.shape), X.reshape(X.shape[0], -1).T @ dY, dY.sum(axis=0)


def ReLU_forward(z):
    return np.clip(z, 0, None), z


def ReLU_backward(dA, saved):
    return dA * np.heaviside(saved, 0)


def affineReluForward(X, W, B):
    z, first = affineForward(X, W, B)
    a, second = ReLU_forward(z)
    return a, (first, second)


def affineReluBackward(dA, saved):
    return affineBackward(ReLU_backward(dA, saved[1]), saved[0])


def softmaxLoss(scores, labels):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    t = np.eye(scores.shape[1])[labels]
    return -np.log((p * t).sum(axis=1)).mean(), (p - t) / len(t)


class two_layer_net:
    def __init__(self, D=3 * 32 * 32, H=100, C=10, std=1e-3, reg=0.0):
        self.params = dict(
            W1=std * np.random.randn(D, H), b1=np.zeros(H), W2=std * np.random.randn(H, C), b2=np.zeros(C)
        )
        self.reg = reg

    def loss(self, X, y=None):
        q = self.params
        a, first = affineReluForward(X, q["W1"], q["b1"])
        s, second = affineForward(a, q["W2"], q["b2"])
        if y is None:
            return s
        data, ds = softmaxLoss(s, y)
        da, dW2, db2 = affineBackward(ds, second)
        _, dW1, db1 = affineReluBackward(da, first)
        penalty = self.reg * (np.sum(q["W1"] ** 2) + np.sum(q["W2"] ** 2)) / 2
        return data + penalty, dict(W1=dW1 + self.reg * q["W1"], b1=db1, W2=dW2 + self.reg * q["W2"], b2=db2)
