# expect: full
# The tuples of the caches are ordered in another way, and hold the mask or the shape in place of x.
def affine_forward(x, w, b):
    N = x.shape[0]
    x_row = x.reshape(N, -1)
    out = x_row.dot(w) + b
    cache = (b, x.shape, w, x_row)
    return out, cache


def affine_backward(dout, cache):
    _b, shape, w, x_row = cache
    dx = dout.dot(w.T).reshape(*shape)
    dw = x_row.T.dot(dout)
    db = np.ones(len(dout)).dot(dout)
    return dx, dw, db


def relu_forward(x):
    mask = x <= 0
    out = x.copy()
    out[mask] = 0
    return out, mask


def relu_backward(dout, cache):
    dx = dout.copy()
    dx[cache] = 0
    return dx


def affine_relu_forward(x, w, b):
    a, first = affine_forward(x, w, b)
    out, second = relu_forward(a)
    return out, [second, first]


def affine_relu_backward(dout, cache):
    second, first = cache
    return affine_backward(relu_backward(dout, second), first)
