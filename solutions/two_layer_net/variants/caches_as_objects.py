# expect: full
# Every cache is an object of a small class with fields.
from dataclasses import dataclass


@dataclass(frozen=True)
class _AffineCache:
    rows: np.ndarray
    weights: np.ndarray
    shape: tuple


class _Gate:
    def __init__(self, open_):
        self.open = open_

    def let_through(self, array):
        return np.where(self.open, array, 0.0)


def affine_forward(x, w, b):
    rows = x.reshape(len(x), -1)
    return rows @ w + b, _AffineCache(rows, w, x.shape)


def affine_backward(dout, cache):
    dx = (dout @ cache.weights.T).reshape(cache.shape)
    return dx, cache.rows.T @ dout, dout.sum(0)


def relu_forward(x):
    gate = _Gate(x > 0)
    return gate.let_through(x), gate


def relu_backward(dout, cache):
    return cache.let_through(dout)
