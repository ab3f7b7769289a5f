# expect: full
# The manner of widely used course material: fc caches, range(N) as an index, named intermediate results.
import numpy as np


def affine_forward(x, w, b):
    N, D = x.shape[0], np.prod(x.shape[1:])
    out = np.dot(np.reshape(x, (N, D)), w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    N = x.shape[0]
    dx = np.dot(dout, w.T).reshape(x.shape)
    dw = np.dot(x.reshape(N, -1).T, dout)
    db = np.dot(np.ones(N), dout)
    return dx, dw, db


def relu_forward(x):
    out = np.maximum(0, x)
    cache = x
    return out, cache


def relu_backward(dout, cache):
    x = cache
    dx = np.zeros_like(dout)
    dx[x > 0] = dout[x > 0]
    return dx


def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    cache = (fc_cache, relu_cache)
    return out, cache


def affine_relu_backward(dout, cache):
    fc_cache, relu_cache = cache
    da = relu_backward(dout, relu_cache)
    dx, dw, db = affine_backward(da, fc_cache)
    return dx, dw, db


def softmax_loss(x, y):
    N = x.shape[0]
    probs = np.exp(x - np.max(x, axis=1, keepdims=True))
    probs /= np.sum(probs, axis=1, keepdims=True)
    # The logarithm of 0 would be infinite.
    loss = np.sum(-np.log(np.maximum(probs[range(N), y], 1e-300))) / N
    dx = probs.copy()
    dx[range(N), y] -= 1
    dx = dx / N
    return loss, dx


class TwoLayerNet(object):
    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {'W1': np.random.randn(input_dim, hidden_dim) * weight_scale,
                       'W2': np.random.randn(hidden_dim, num_classes) * weight_scale,
                       'b1': np.zeros(hidden_dim),
                       'b2': np.zeros(num_classes)}

    def loss(self, X, y=None):
        W1, W2 = self.params['W1'], self.params['W2']
        fc1, cache_fc1 = affine_forward(X, W1, self.params['b1'])
        act1, cache_act1 = relu_forward(fc1)
        scores, cache_fc2 = affine_forward(act1, W2, self.params['b2'])
        if y is None:
            return scores

        grads = {}
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * np.sum(W1 * W1)
        loss += 0.5 * self.reg * np.sum(W2 * W2)

        dact1, dW2, db2 = affine_backward(dscores, cache_fc2)
        dfc1 = relu_backward(dact1, cache_act1)
        dX, dW1, db1 = affine_backward(dfc1, cache_fc1)
        dW2 += self.reg * W2
        dW1 += self.reg * W1
        for name, grad in zip(['W1', 'b1', 'W2', 'b2'], [dW1, db1, dW2, db2]):
            grads[name] = grad
        return loss, grads
