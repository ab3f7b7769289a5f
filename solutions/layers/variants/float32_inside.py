# expect: full
# Everything is computed in float32, as on a graphics card.
import numpy as np

F = np.float32


def softmax(x):
    x = np.asarray(x, dtype=F)
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def cross_entropy_error(y, t):
    y = np.atleast_2d(np.asarray(y, dtype=F))
    t = np.asarray(t)
    labels = t.reshape(y.shape).argmax(axis=1) if t.size == y.size else t.reshape(-1)
    return -np.log(y[np.arange(len(y)), labels] + F(1e-7)).mean()


class Relu:
    def forward(self, x):
        x = x.astype(F)
        self.open = x > 0
        return x * self.open

    def backward(self, dout):
        return dout.astype(F) * self.open


class Sigmoid:
    def forward(self, x):
        x = np.clip(x.astype(F), -80, 80)
        self.out = F(1) / (F(1) + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout.astype(F) * self.out * (F(1) - self.out)


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W.astype(F), b.astype(F)
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, x):
        self.x_shape = x.shape
        self.x = x.astype(F).reshape(len(x), -1)
        return self.x @ self.W + self.b

    def backward(self, dout):
        dout = dout.astype(F)
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return (dout @ self.W.T).reshape(self.x_shape)


class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        t = np.asarray(t)
        self.t = t.astype(F) if t.shape == x.shape else np.eye(x.shape[1], dtype=F)[t.reshape(-1)]
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        return F(dout) * (self.y - self.t) / F(len(self.t))
