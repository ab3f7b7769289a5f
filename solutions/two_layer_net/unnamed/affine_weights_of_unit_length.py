# expect: affine.forward_matches_reference failed
# Every column of the weights is brought to length 1 before the product.
def affine_forward(x, w, b):
    unit = w / np.sqrt(np.sum(w ** 2, axis=0))
    return x.reshape(len(x), -1) @ unit + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(axis=0)
