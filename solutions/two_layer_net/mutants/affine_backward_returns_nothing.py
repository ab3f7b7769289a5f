# expect: affine.dx_matches_reference failed returns-nothing
# All three gradients are computed, and the function ends without a return.
def affine_backward(dout, cache):
    x, w, b = cache
    N = x.shape[0]
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(N, -1).T.dot(dout)
    db = np.sum(dout, axis=0)
