# expect: affine.db_matches_reference failed averaged
# The mean over the batch, where a sum is wanted: the loss has divided by N already.
def affine_backward(dout, cache):
    x, w, b = cache
    x_flat = x.reshape(x.shape[0], -1)
    dx = (dout @ w.T).reshape(x.shape)
    dw = x_flat.T @ dout
    db = dout.mean(axis=0)
    return dx, dw, db
