# expect: affine_relu.db_matches_reference failed not-summed
# Written once more by hand, and the sum over the batch was forgotten on the way.
def affine_relu_forward(x, w, b):
    flat = x.reshape(x.shape[0], -1)
    a = flat @ w + b
    return np.maximum(a, 0), (x.shape, flat, w, a)


def affine_relu_backward(dout, cache):
    shape, flat, w, a = cache
    da = dout * (a > 0)
    dx = (da @ w.T).reshape(shape)
    dw = flat.T @ da
    db = da
    return dx, dw, db
