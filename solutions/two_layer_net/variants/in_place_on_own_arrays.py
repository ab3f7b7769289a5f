# expect: full
# Works in place, but only on arrays of its own.
def affine_forward(x, w, b):
    out = np.dot(x.reshape(x.shape[0], -1), w)
    out += b
    return out, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    dx = np.empty(x.shape)
    np.dot(dout, w.T, out=dx.reshape(x.shape[0], -1))
    dw = np.zeros(w.shape)
    dw += np.dot(x.reshape(x.shape[0], -1).T, dout)
    db = np.zeros(w.shape[1])
    np.add.reduce(dout, axis=0, out=db)
    return dx, dw, db


def relu_forward(x):
    out = np.array(x, dtype=float)
    np.maximum(out, 0, out=out)
    return out, x


def relu_backward(dout, cache):
    dx = np.array(dout, dtype=float)
    dx[cache <= 0] = 0
    return dx


def softmax_loss(x, y):
    N = x.shape[0]
    z = x.copy()
    z -= z.max(axis=1, keepdims=True)
    picked = z[np.arange(N), y]
    np.exp(z, out=z)
    total = z.sum(axis=1)
    loss = (np.log(total) - picked).sum() / N
    z /= total[:, None]
    z[np.arange(N), y] -= 1
    z /= N
    return loss, z
