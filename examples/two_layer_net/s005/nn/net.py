import numpy as np

from .layer_utils import *


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {}
        sizes = [input_dim, hidden_dim, num_classes]
        for i in (1, 2):
            self.params[f"W{i}"] = np.random.normal(scale=weight_scale, size=(sizes[i - 1], sizes[i]))
            self.params[f"b{i}"] = np.zeros(sizes[i])

    def loss(self, X, y=None):
        hidden, cache1 = affine_relu_forward(X, self.params["W1"], self.params["b1"])
        scores, cache2 = affine_forward(hidden, self.params["W2"], self.params["b2"])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        dhidden, dW2, db2 = affine_backward(dscores, cache2)
        _, dW1, db1 = affine_relu_backward(dhidden, cache1)
        grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
        for name in ("W1", "W2"):
            loss += 0.5 * self.reg * np.sum(self.params[name] ** 2)
            grads[name] += self.reg * self.params[name]
        return loss, grads
