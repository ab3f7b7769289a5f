# expect: affine.dw_matches_reference failed
# dw is the product of the mean sample and the summed gradient, as if sums and products could change places.
def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    dw = np.outer(x.reshape(len(x), -1).mean(axis=0), dout.sum(axis=0))
    return (dout @ w.T).reshape(x.shape), dw, dout.sum(axis=0)
