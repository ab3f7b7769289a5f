# expect: affine.dw_matches_reference failed upstream-ignored
# The slope of out with respect to w alone: what comes from above is left out.
def affine_backward(dout, cache):
    x, w, b = cache
    rows = x.reshape(x.shape[0], -1)
    dx = (dout @ w.T).reshape(x.shape)
    dw = rows.T @ np.ones_like(dout)
    db = dout.sum(axis=0)
    return dx, dw, db
