import numpy as np


def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + b
    return out, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    return dout.dot(w.T).reshape(x.shape), x.reshape(x.shape[0], -1).T.dot(dout), dout.sum(axis=0)


def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, cache):
<<<<<<< HEAD
    return dout * (cache > 0)
=======
    dx = np.array(dout, copy=True)
    dx[cache <= 0] = 0
    return dx
>>>>>>> 3f1c9ab (fix relu)


def affine_relu_forward(x, w, b):
    a, c1 = affine_forward(x, w, b)
    out, c2 = relu_forward(a)
    return out, (c1, c2)


def affine_relu_backward(dout, cache):
    c1, c2 = cache
    return affine_backward(relu_backward(dout, c2), c1)


def softmax_loss(x, y):
    p = np.exp(x - np.max(x, axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    N = len(y)
    loss = -np.sum(np.log(p[range(N), y])) / N
    p[range(N), y] -= 1
    return loss, p / N


class TwoLayerNet:
    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params, self.reg = {}, reg
        self.params['W1'] = np.random.normal(0, weight_scale, (input_dim, hidden_dim))
        self.params['b1'] = np.zeros((hidden_dim,))
        self.params['W2'] = np.random.normal(0, weight_scale, (hidden_dim, num_classes))
        self.params['b2'] = np.zeros((num_classes,))

    def loss(self, X, y=None):
        out1, cache1 = affine_relu_forward(X, self.params['W1'], self.params['b1'])
        scores, cache2 = affine_forward(out1, self.params['W2'], self.params['b2'])
        if y is None:
            return scores
        grads = {}
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * np.sum(self.params['W1'] ** 2)
        loss += 0.5 * self.reg * np.sum(self.params['W2'] ** 2)
        dout1, grads['W2'], grads['b2'] = affine_backward(dscores, cache2)
        _, grads['W1'], grads['b1'] = affine_relu_backward(dout1, cache1)
        grads['W1'] += self.reg * self.params['W1']
        grads['W2'] += self.reg * self.params['W2']
        return loss, grads
