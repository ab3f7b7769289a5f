# expect: affine.accepts_higher_rank failed not-reshaped
# The images are flattened before they go into the cache, so backward has forgotten their shape.
def affine_forward(x, w, b):
    x = x.reshape(x.shape[0], -1)
    out = x @ w + b
    return out, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)
