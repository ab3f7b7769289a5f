# expect: full
# numpy under its full name and by single names, and an import that is tried and given up.
import numpy
from numpy import exp, log

try:
    import cupy as xp
except ImportError:
    xp = numpy


def softmax(x):
    e = exp(x - numpy.max(x, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def cross_entropy_error(y, t):
    y = y.reshape(-1, y.shape[-1])
    if t.size == y.size:
        labels = t.reshape(y.shape).argmax(axis=1)
    else:
        labels = t.reshape(-1)
    return float(-log(y[xp.arange(len(y)), labels] + 1e-7).mean())


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return xp.dot(x.reshape(x.shape[0], -1), self.W) + self.b

    def backward(self, dout):
        self.dW = xp.tensordot(self.x.reshape(self.x.shape[0], -1), dout, axes=([0], [0]))
        self.db = xp.ones(dout.shape[0]) @ dout
        return xp.dot(dout, self.W.T).reshape(self.x.shape)
