# expect: affine.db_matches_reference failed wrong-axis
# Summed over the outputs, where it should be over the samples.
def affine_backward(dout, cache):
    x, w, b = cache
    x_flat = x.reshape(x.shape[0], -1)
    dx = (dout @ w.T).reshape(x.shape)
    dw = x_flat.T @ dout
    db = np.sum(dout, axis=1)
    return dx, dw, db
