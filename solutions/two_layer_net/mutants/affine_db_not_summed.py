# expect: affine.db_matches_reference failed not-summed
# db keeps one row for every sample.
def affine_backward(dout, cache):
    x, w, b = cache
    N = x.shape[0]
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(N, -1).T.dot(dout)
    db = dout.copy()
    return dx, dw, db
