# expect: full
# Saves memory by working in place, but only ever in arrays that it made itself.
import numpy as np


def softmax(x):
    y = np.array(x, dtype=float)
    y -= y.max(axis=-1, keepdims=True)
    np.exp(y, out=y)
    y /= y.sum(axis=-1, keepdims=True)
    return y


class Relu:
    def forward(self, x):
        out = np.array(x)
        self.dead = out <= 0
        out[self.dead] = 0
        return out

    def backward(self, dout):
        dx = dout.copy()
        dx[self.dead] = 0
        return dx


class Sigmoid:
    def forward(self, x):
        out = np.negative(x)
        np.clip(out, -700, 700, out=out)
        np.exp(out, out=out)
        out += 1
        np.reciprocal(out, out=out)
        self.out = out
        return out

    def backward(self, dout):
        dx = 1 - self.out
        dx *= self.out
        dx *= dout
        return dx


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW = np.empty_like(W)
        self.db = np.empty_like(b)

    def forward(self, x):
        self.x = x
        out = np.dot(x.reshape(len(x), -1), self.W)
        out += self.b
        return out

    def backward(self, dout):
        np.dot(self.x.reshape(len(self.x), -1).T, dout, out=self.dW)
        np.sum(dout, axis=0, out=self.db)
        return np.dot(dout, self.W.T).reshape(self.x.shape)


class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        self.labels = t.argmax(axis=1) if t.size == x.size else t.ravel()
        return cross_entropy_error(self.y, self.labels)

    def backward(self, dout=1):
        dx = self.y.copy()
        dx[np.arange(len(dx)), self.labels] -= 1
        dx *= dout
        dx /= len(dx)
        return dx
