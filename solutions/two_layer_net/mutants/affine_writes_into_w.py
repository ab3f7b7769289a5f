# expect: affine.leaves_arguments_alone failed writes-into-argument
# The weights are updated inside of backward, though nobody asked for a step here.
def affine_backward(dout, cache):
    x, w, b = cache
    dx = np.dot(dout, w.T).reshape(x.shape)
    dw = np.dot(x.reshape(x.shape[0], -1).T, dout)
    db = np.sum(dout, axis=0)
    w -= 0.01 * dw
    return dx, dw, db
