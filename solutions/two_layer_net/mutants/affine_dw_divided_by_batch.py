# expect: affine.dw_matches_reference failed batch-mean-twice
# dw is divided by the batch size, which the loss has done already.
def affine_backward(dout, cache):
    x, w, b = cache
    m = x.shape[0]
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(m, -1).T @ dout / m
    db = dout.sum(axis=0)
    return dx, dw, db
