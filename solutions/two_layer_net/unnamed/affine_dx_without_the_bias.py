# expect: affine.dx_matches_reference failed
# Going back is taken for undoing: the bias is subtracted from dout before it goes through the weights.
def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    dx = ((dout - b) @ w.T).reshape(x.shape)
    return dx, x.reshape(len(x), -1).T @ dout, dout.sum(axis=0)
