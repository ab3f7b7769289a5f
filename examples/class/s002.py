# -*- coding: utf-8 -*-
"""Layers of a computational graph.

All arrays are float32, as the later networks of this course will use them on the GPU.
"""
from __future__ import annotations

from typing import Tuple

import numpy as np

DTYPE = np.float32


def to32(a) -> np.ndarray:
    return np.asarray(a, dtype=DTYPE)


class MulLayer:
    def __init__(self) -> None:
        self.x = None
        self.y = None

    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout) -> Tuple:
        return dout * self.y, dout * self.x


class AddLayer:
    def forward(self, x, y):
        return x + y

    def backward(self, dout) -> Tuple:
        return dout, dout


class Relu:
    def forward(self, x: np.ndarray) -> np.ndarray:
        x = to32(x)
        self.active = x > 0
        return np.where(self.active, x, DTYPE(0))

    def backward(self, dout: np.ndarray) -> np.ndarray:
        return np.where(self.active, to32(dout), DTYPE(0))


class Sigmoid:
    def forward(self, x: np.ndarray) -> np.ndarray:
        # tanh never overflows
        self.out = DTYPE(0.5) * (DTYPE(1) + np.tanh(DTYPE(0.5) * to32(x)))
        return self.out

    def backward(self, dout: np.ndarray) -> np.ndarray:
        return to32(dout) * self.out * (DTYPE(1) - self.out)


class Affine:
    def __init__(self, W: np.ndarray, b: np.ndarray) -> None:
        self.W = to32(W)
        self.b = to32(b)
        self.dW: np.ndarray | None = None
        self.db: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x_shape = x.shape
        self.x = to32(x).reshape(x.shape[0], -1)
        return self.x @ self.W + self.b

    def backward(self, dout: np.ndarray) -> np.ndarray:
        dout = to32(dout)
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return (dout @ self.W.T).reshape(self.x_shape)


def softmax(x: np.ndarray) -> np.ndarray:
    x = to32(x)
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _labels(t: np.ndarray, y: np.ndarray) -> np.ndarray:
    return t.reshape(y.shape).argmax(axis=-1) if t.size == y.size else t.reshape(-1)


def cross_entropy_error(y: np.ndarray, t: np.ndarray) -> float:
    y = np.atleast_2d(to32(y))
    right = y[np.arange(len(y)), _labels(np.asarray(t), y)]
    return float(-np.log(right + DTYPE(1e-7)).mean())


class SoftmaxWithLoss:
    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        self.y = softmax(x)
        self.labels = _labels(np.asarray(t), self.y)
        return cross_entropy_error(self.y, self.labels)

    def backward(self, dout=1) -> np.ndarray:
        dx = self.y.copy()
        dx[np.arange(len(dx)), self.labels] -= DTYPE(1)
        return DTYPE(dout) * dx / DTYPE(len(dx))


def buy_apple(apple, apple_num, tax):
    times_num, times_tax = MulLayer(), MulLayer()
    price = times_tax.forward(times_num.forward(apple, apple_num), tax)
    dsum, dtax = times_tax.backward(1)
    return price, (*times_num.backward(dsum), dtax)


def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    apples, oranges, plus, taxed = MulLayer(), MulLayer(), AddLayer(), MulLayer()
    total = plus.forward(apples.forward(apple, apple_num), oranges.forward(orange, orange_num))
    price = taxed.forward(total, tax)
    dtotal, dtax = taxed.backward(1)
    dapples, doranges = plus.backward(dtotal)
    return price, (*apples.backward(dapples), *oranges.backward(doranges), dtax)


if __name__ == "__main__":
    print(buy_apple(100, 2, 1.1))
    print(buy_apple_orange(100, 2, 150, 3, 1.1))
    x = np.random.randn(4, 3)
    print(softmax(x).sum(axis=1))
