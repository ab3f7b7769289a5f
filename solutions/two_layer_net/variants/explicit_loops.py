# expect: full
# Nested loops over samples, inputs and outputs, and no matrix product at all.
import math


def affine_forward(x, w, b):
    rows = x.reshape(x.shape[0], -1)
    N, D = rows.shape
    M = w.shape[1]
    bias = b.ravel()
    out = np.zeros((N, M))
    for n in range(N):
        for m in range(M):
            total = bias[m]
            for d in range(D):
                total += rows[n, d] * w[d, m]
            out[n, m] = total
    return out, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    rows = x.reshape(x.shape[0], -1)
    dx, dw, db = np.zeros_like(rows), np.zeros_like(w), np.zeros(w.shape[1])
    for n in range(rows.shape[0]):
        for m in range(w.shape[1]):
            db[m] += dout[n, m]
            for d in range(rows.shape[1]):
                dx[n, d] += dout[n, m] * w[d, m]
                dw[d, m] += dout[n, m] * rows[n, d]
    return dx.reshape(x.shape), dw, db.reshape(b.shape)


def relu_forward(x):
    out = np.zeros(x.shape)
    for index, value in np.ndenumerate(x):
        if value > 0:
            out[index] = value
    return out, x


def relu_backward(dout, cache):
    dx = np.zeros(dout.shape)
    for index in np.ndindex(*dout.shape):
        if cache[index] > 0:
            dx[index] = dout[index]
    return dx


def softmax_loss(x, y):
    N, C = x.shape
    loss, dx = 0.0, np.zeros((N, C))
    for n in range(N):
        largest = max(x[n])
        total = sum(math.exp(score - largest) for score in x[n])
        loss += math.log(total) + largest - x[n, y[n]]
        for c in range(C):
            dx[n, c] = math.exp(x[n, c] - largest) / total - (c == y[n])
    return loss / N, dx / N
