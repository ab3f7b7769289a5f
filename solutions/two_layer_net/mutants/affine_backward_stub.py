# expect: affine.dx_matches_reference missing
# Forward is right, backward is not written yet.
def affine_forward(x, w, b):
    cache = (x, w, b)
    x = np.reshape(x, (x.shape[0], -1))
    return x.dot(w) + b, cache


def affine_backward(dout, cache):
    raise NotImplementedError("affine_backward is not written yet")
