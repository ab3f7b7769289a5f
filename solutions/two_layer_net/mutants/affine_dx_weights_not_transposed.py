# expect: affine.runs crashed transposed
# dout @ w: the shapes (N, M) and (D, M) do not fit.
def affine_backward(dout, cache):
    x, w, b = cache
    dx = np.dot(dout, w).reshape(x.shape)
    dw = np.dot(x.reshape(x.shape[0], -1).T, dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db
