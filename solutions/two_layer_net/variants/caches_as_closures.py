# expect: full
# forward returns as its cache the function that goes back; backward only calls it.
def affine_forward(x, w, b):
    rows = x.reshape(x.shape[0], -1)

    def back(dout):
        return (dout @ w.T).reshape(x.shape), rows.T @ dout, dout.sum(axis=0)

    return rows @ w + b, back


def relu_forward(x):
    gate = x > 0
    return x * gate, lambda dout: dout * gate


def affine_relu_forward(x, w, b):
    a, through_affine = affine_forward(x, w, b)
    out, through_relu = relu_forward(a)
    return out, lambda dout: through_affine(through_relu(dout))


def _call(dout, cache):
    return cache(dout)


affine_backward = _call
relu_backward = _call
affine_relu_backward = _call
