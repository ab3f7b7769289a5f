# expect: affine.db_matches_reference failed wrong-axis
# np.sum without an axis adds up everything, so that all biases share one number.
def affine_backward(dout, cache):
    x, w, b = cache
    dx = np.dot(dout, w.T).reshape(x.shape)
    dw = np.dot(x.reshape(x.shape[0], -1).T, dout)
    db = np.sum(dout)
    return dx, dw, db
