# expect: full
# Written with Python loops over single numbers, without matrix products.
import numpy as np
import math


def softmax(x):
    if x.ndim == 2:
        return np.array([softmax(row) for row in x])
    biggest = x[0]
    for value in x:
        if value > biggest:
            biggest = value
    total = 0.0
    for value in x:
        total += math.exp(value - biggest)
    result = np.zeros(len(x))
    for k in range(len(x)):
        result[k] = math.exp(x[k] - biggest) / total
    return result


def cross_entropy_error(y, t):
    if y.ndim == 1:
        y = y.reshape(1, -1)
        t = np.reshape(t, (1, -1))
    loss = 0.0
    for i in range(y.shape[0]):
        if t.size == y.size:
            for k in range(y.shape[1]):
                if t[i][k] == 1:
                    loss -= math.log(y[i][k] + 1e-7)
        else:
            loss -= math.log(y[i][int(t.reshape(-1)[i])] + 1e-7)
    return loss / y.shape[0]


class Relu:
    def forward(self, x):
        self.x = x
        out = np.zeros(x.shape)
        for place in np.ndindex(x.shape):
            if x[place] > 0:
                out[place] = x[place]
        return out

    def backward(self, dout):
        dx = np.zeros(dout.shape)
        for place in np.ndindex(dout.shape):
            if self.x[place] > 0:
                dx[place] = dout[place]
        return dx


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.dW = None
        self.db = None

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        n, m = self.x.shape[0], self.W.shape[1]
        out = np.zeros((n, m))
        for i in range(n):
            for j in range(m):
                s = 0.0
                for k in range(self.W.shape[0]):
                    s += self.x[i, k] * self.W[k, j]
                out[i, j] = s + self.b[j]
        return out

    def backward(self, dout):
        dx = np.zeros(self.x.shape)
        self.dW = np.zeros(self.W.shape)
        self.db = np.zeros(self.b.shape)
        for i in range(dout.shape[0]):
            for j in range(dout.shape[1]):
                self.db[j] += dout[i, j]
                for k in range(self.W.shape[0]):
                    self.dW[k, j] += self.x[i, k] * dout[i, j]
                    dx[i, k] += dout[i, j] * self.W[k, j]
        return dx.reshape(self.shape)
