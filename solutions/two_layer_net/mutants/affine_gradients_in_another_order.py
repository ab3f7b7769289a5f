# expect: affine.dx_matches_reference failed swapped
# expect: affine.dw_matches_reference failed swapped
# The gradients come back as (dw, dx, db).
def affine_backward(dout, cache):
    x, w, b = cache
    dw = x.reshape(x.shape[0], -1).T @ dout
    dx = (dout @ w.T).reshape(x.shape)
    db = dout.sum(axis=0)
    return dw, dx, db
