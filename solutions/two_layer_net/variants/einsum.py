# expect: full
# All products and sums are spelt with einsum.
def affine_forward(x, w, b):
    rows = x.reshape(x.shape[0], -1)
    return np.einsum("nd,dm->nm", rows, w) + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    dx = np.einsum("nm,dm->nd", dout, w).reshape(x.shape)
    dw = np.einsum("nd,nm->dm", x.reshape(x.shape[0], -1), dout)
    db = np.einsum("nm->m", dout)
    return dx, dw, db


def softmax_loss(x, y):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = np.einsum("nc,n->nc", e, 1 / np.einsum("nc->n", e))
    t = np.eye(x.shape[1])[y]
    loss = -np.einsum("nc,nc->", t, np.log(p + 1e-300)) / len(x)
    return loss, (p - t) / len(x)
