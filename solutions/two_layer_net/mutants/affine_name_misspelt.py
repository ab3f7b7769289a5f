# expect: affine.runs crashed misspelt-name
# dout_ is no name; the parameter is called dout.
def affine_backward(dout, cache):
    x, w, b = cache
    dx = np.dot(dout, w.T).reshape(x.shape)
    dw = np.dot(x.reshape(x.shape[0], -1).T, dout_)
    db = np.sum(dout, axis=0)
    return dx, dw, db
