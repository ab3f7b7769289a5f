# expect: full
# Layers derive from a base class that keeps the cache; helper functions do the work.
from abc import ABC, abstractmethod

import numpy as np


class Layer(ABC):
    def __init__(self):
        self.cache = None

    @abstractmethod
    def compute(self, *inputs): ...

    @abstractmethod
    def slopes(self, dout): ...

    def forward(self, *inputs):
        out, self.cache = self.compute(*inputs)
        return out

    def backward(self, dout=1):
        return self.slopes(dout)

    def __call__(self, *inputs):
        return self.forward(*inputs)


class Activation(Layer):
    def slopes(self, dout):
        return dout * self.cache


class Relu(Activation):
    def compute(self, x):
        gate = (x > 0).astype(x.dtype)
        return x * gate, gate


class Sigmoid(Activation):
    def compute(self, x):
        y = 1 / (1 + np.exp(-np.clip(x, -500, 500)))
        return y, y * (1 - y)


class MulLayer(Layer):
    def compute(self, x, y):
        return x * y, (x, y)

    def slopes(self, dout):
        x, y = self.cache
        return dout * y, dout * x


class AddLayer(Layer):
    def compute(self, x, y):
        return x + y, ()

    def slopes(self, dout):
        return dout, dout


def _rows(x):
    return x.reshape(x.shape[0], -1)


class Affine(Layer):
    def __init__(self, W, b):
        super().__init__()
        self.W, self.b = W, b
        self.dW, self.db = None, None

    def compute(self, x):
        return _rows(x) @ self.W + self.b, x

    def slopes(self, dout):
        self.dW, self.db = _rows(self.cache).T @ dout, dout.sum(0)
        return (dout @ self.W.T).reshape(self.cache.shape)


class SoftmaxWithLoss(Layer):
    def compute(self, x, t):
        y = softmax(x)
        t = t if t.shape == x.shape else np.eye(x.shape[1])[t.ravel()]
        return cross_entropy_error(y, t), (y - t) / len(x)

    def slopes(self, dout):
        return dout * self.cache
