import numpy as np


class MulLayer:
    def __init__(self):
        self.x = None
        self.y = None

    def forward(self, x, y):
        self.x = x
        self.y = y
        return x * y

    def backward(self, dout):
        return dout * self.y, dout * self.x


class AddLayer:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return dout, dout


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = np.copy(x)
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dx = np.copy(dout)
        dx[self.mask] = 0
        return dx


class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout)：
        return dout * self.out * （1 - self.out）


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return np.dot(x.reshape(x.shape[0], -1), self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.reshape(self.x.shape[0], -1).T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.x.shape)


def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def cross_entropy_error(y, t):
    if y.ndim == 1:
        y = y.reshape(1, -1)
        t = t.reshape(1, -1)
    if t.size == y.size:
        t = np.argmax(t, axis=1)
    n = y.shape[0]
    return -np.sum(np.log(y[np.arange(n), t.reshape(-1)] + 1e-7)) / n


class SoftmaxWithLoss:
    def forward(self, x, t):
        self.y = softmax(x)
        self.t = np.argmax(t, axis=1) if t.size == x.size else t.reshape(-1)
        return cross_entropy_error(self.y, self.t)

    def backward(self, dout=1):
        dx = self.y.copy()
        dx[np.arange(len(dx)), self.t] -= 1
        return dx / len(dx) * dout


def buy_apple(apple, apple_num, tax):
    l1, l2 = MulLayer(), MulLayer()
    price = l2.forward(l1.forward(apple, apple_num), tax)
    d, dtax = l2.backward(1)
    dapple, dapple_num = l1.backward(d)
    return price, (dapple, dapple_num, dtax)


def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    l1, l2, l3, l4 = MulLayer(), MulLayer(), AddLayer(), MulLayer()
    price = l4.forward(l3.forward(l1.forward(apple, apple_num), l2.forward(orange, orange_num)), tax)
    d, dtax = l4.backward(1)
    d1, d2 = l3.backward(d)
    dapple, dapple_num = l1.backward(d1)
    dorange, dorange_num = l2.backward(d2)
    return price, (dapple, dapple_num, dorange, dorange_num, dtax)
