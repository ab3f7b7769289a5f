# expect: affine.dx_matches_reference failed sign-flipped
# A minus, as if a step of descent were taken here.
def affine_backward(dout, cache):
    x, w, b = cache
    dx = -dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T.dot(dout)
    db = dout.sum(axis=0)
    return dx, dw, db
