# expect: affine_relu.dw_matches_reference failed mask-missing
# expect: affine_relu.db_matches_reference failed mask-missing
# dx goes through the gates, dw and db do not.
def affine_relu_forward(x, w, b):
    flat = x.reshape(x.shape[0], -1)
    a = flat @ w + b
    return np.maximum(a, 0), (x.shape, flat, w, a > 0)


def affine_relu_backward(dout, cache):
    shape, flat, w, mask = cache
    dx = ((dout * mask) @ w.T).reshape(shape)
    dw = flat.T @ dout
    db = dout.sum(axis=0)
    return dx, dw, db
