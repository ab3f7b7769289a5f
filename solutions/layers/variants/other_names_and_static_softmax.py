# expect: full
# A whole module under names that differ by case, underscores and suffixes, with softmax as a static method.
import numpy as np


class mul_layer:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout):
        return dout * self.y, dout * self.x


class add_layer:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return dout, dout


class reLU:
    def forward(self, x):
        self.on = x > 0
        return x * self.on

    def backward(self, dout):
        return dout * self.on


class SigmoidLayer:
    def forward(self, x):
        self.y = 1 / (1 + np.exp(-x))
        return self.y

    def backward(self, dout):
        return dout * self.y * (1 - self.y)


class AffineLayer:
    def __init__(self, w, b):
        self.w = w
        self.b = b

    def forward(self, x):
        self.x = x
        return x.reshape(len(x), -1) @ self.w + self.b

    def backward(self, dout):
        self.dw = self.x.reshape(len(self.x), -1).T @ dout
        self.db = dout.sum(axis=0)
        return (dout @ self.w.T).reshape(self.x.shape)


class SoftMaxWithLossLayer:
    @staticmethod
    def softmax(x):
        e = np.exp(x - x.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    @staticmethod
    def cross_entropy_error(y, t):
        y = y.reshape(-1, y.shape[-1])
        labels = t.reshape(y.shape).argmax(axis=1) if t.size == y.size else t.reshape(-1)
        return -np.mean(np.log(y[np.arange(len(y)), labels] + 1e-7))

    def forward(self, x, t):
        self.y = self.softmax(x)
        self.labels = t.argmax(axis=1) if t.size == x.size else t.reshape(-1)
        return self.cross_entropy_error(self.y, self.labels)

    def backward(self, dout=1):
        g = self.y.copy()
        g[np.arange(len(g)), self.labels] -= 1
        return dout * g / len(g)


def buyApple(apple, apple_num, tax):
    m1, m2 = mul_layer(), mul_layer()
    price = m2.forward(m1.forward(apple, apple_num), tax)
    d, dtax = m2.backward(1)
    return price, (*m1.backward(d), dtax)


def buyAppleOrange(apple, apple_num, orange, orange_num, tax):
    m1, m2, m3, a = mul_layer(), mul_layer(), mul_layer(), add_layer()
    price = m3.forward(a.forward(m1.forward(apple, apple_num), m2.forward(orange, orange_num)), tax)
    d, dtax = m3.backward(1)
    d1, d2 = a.backward(d)
    return price, (*m1.backward(d1), *m2.backward(d2), dtax)
