# Two layers; caches are plain functions that know the way back.
import numpy as np


def affine_forward(x, w, b):
    flat = np.reshape(x, (x.shape[0], np.prod(x.shape[1:])))

    def back(dout):
        return (dout @ w.T).reshape(x.shape), flat.T @ dout, dout.sum(0).reshape(b.shape)

    return flat @ w + b, back


def affine_backward(dout, cache):
    return cache(dout)


def relu_forward(x):
    return np.where(x > 0, x, 0), lambda dout: np.where(x > 0, dout, 0)


def relu_backward(dout, cache):
    return cache(dout)


def affine_relu_forward(x, w, b):
    a, back_affine = affine_forward(x, w, b)
    out, back_relu = relu_forward(a)
    return out, lambda dout: back_affine(back_relu(dout))


def affine_relu_backward(dout, cache):
    return cache(dout)


def softmax_loss(x, y):
    e = np.exp(x - x.max(axis=1)[:, None])
    p = e / e.sum(axis=1)[:, None]
    n = np.arange(x.shape[0])
    loss = -np.log(p[n, y]).mean()
    p[n, y] -= 1
    return loss, p


class TwoLayerNet:
    def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=0.001, reg=0.0):
        self.reg = reg
        self.params = dict(
            W1=np.random.randn(input_dim, hidden_dim) * weight_scale,
            b1=np.zeros(hidden_dim),
            W2=np.random.randn(hidden_dim, num_classes) * weight_scale,
            b2=np.zeros(num_classes),
        )

    def loss(self, X, y=None):
        W1, b1, W2, b2 = (self.params[key] for key in ("W1", "b1", "W2", "b2"))
        hidden, back1 = affine_relu_forward(X, W1, b1)
        scores, back2 = affine_forward(hidden, W2, b2)
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        loss += self.reg / 2 * ((W1 ** 2).sum() + (W2 ** 2).sum())
        dhidden, dW2, db2 = back2(dscores)
        _, dW1, db1 = back1(dhidden)
        return loss, dict(W1=dW1 + self.reg * W1, b1=db1, W2=dW2 + self.reg * W2, b2=db2)
