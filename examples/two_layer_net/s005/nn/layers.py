import numpy as np


def affine_forward(x, w, b):
    out = np.dot(x.reshape(x.shape[0], w.shape[0]), w) + b
    return out, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    dx = np.dot(dout, w.T).reshape(x.shape)
    dw = np.dot(x.reshape(x.shape[0], w.shape[0]).T, dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


def relu_forward(x):
    return np.maximum(x, 0), x


def relu_backward(dout, cache):
    return dout * (cache > 0)


def softmax_loss(x, y):
    N = x.shape[0]
    scores = x - x.max(axis=1, keepdims=True)
    sums = np.exp(scores).sum(axis=1, keepdims=True)
    probs = np.exp(scores) / sums
    loss = np.mean(np.log(sums[:, 0]) - scores[np.arange(N), y])
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    return loss, dx / N
