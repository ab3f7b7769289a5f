# expect: full
# Functions are lambdas, activations are np.vectorize of a function of one number.
import math

import numpy as np

softmax = lambda x: np.exp(x - x.max(-1, keepdims=True)) / np.exp(x - x.max(-1, keepdims=True)).sum(-1, keepdims=True)

_step = np.vectorize(lambda v: 1.0 if v > 0 else 0.0)
_logistic = np.vectorize(lambda v: 1 / (1 + math.exp(-v)) if v > 0 else math.exp(v) / (1 + math.exp(v)), otypes=[float])


class Relu:
    forward = lambda self, x: (setattr(self, "gate", _step(x)), x * self.gate)[1]
    backward = lambda self, dout: dout * self.gate


class Sigmoid:
    def forward(self, x):
        self.y = _logistic(x)
        return self.y

    backward = lambda self, dout: self.y * (1 - self.y) * dout


buy_apple = lambda apple, apple_num, tax: (
    apple * apple_num * tax,
    (apple_num * tax, apple * tax, apple * apple_num),
)
