# expect: full
# Dataclasses with type hints; parameters and gradients are fields.
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass
class Affine:
    W: Array
    b: Array
    dW: Array | None = field(default=None, repr=False)
    db: Array | None = field(default=None, repr=False)
    _x: Array | None = field(default=None, init=False, repr=False)

    def forward(self, x: Array) -> Array:
        self._x = x
        return x.reshape(x.shape[0], -1) @ self.W + self.b

    def backward(self, dout: Array) -> Array:
        assert self._x is not None, "forward first"
        self.dW = self._x.reshape(self._x.shape[0], -1).T @ dout
        self.db = dout.sum(axis=0)
        return (dout @ self.W.T).reshape(self._x.shape)


@dataclass
class MulLayer:
    x: float = 0.0
    y: float = 0.0

    def forward(self, x: float, y: float) -> float:
        self.x, self.y = x, y
        return x * y

    def backward(self, dout: float) -> tuple[float, float]:
        return dout * self.y, dout * self.x


def buy_apple(apple: float, apple_num: float, tax: float) -> tuple[float, tuple[float, float, float]]:
    shop, till = MulLayer(), MulLayer()
    price = till.forward(shop.forward(apple, apple_num), tax)
    dsum, dtax = till.backward(1.0)
    return price, (*shop.backward(dsum), dtax)
