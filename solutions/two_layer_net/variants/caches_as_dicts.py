# expect: full
# Every cache is a dictionary, and affine_relu unites two of them.
def affine_forward(x, w, b):
    flat = x.reshape(x.shape[0], -1)
    return flat @ w + b, {"flat": flat, "shape": x.shape, "w": w}


def affine_backward(dout, cache):
    dx = (dout @ cache["w"].T).reshape(cache["shape"])
    return dx, cache["flat"].T @ dout, dout.sum(axis=0)


def relu_forward(x):
    return np.maximum(x, 0), {"positive": x > 0}


def relu_backward(dout, cache):
    return dout * cache["positive"]


def affine_relu_forward(x, w, b):
    a, affine = affine_forward(x, w, b)
    out, relu = relu_forward(a)
    return out, affine | relu


def affine_relu_backward(dout, cache):
    return affine_backward(relu_backward(dout, cache), cache)
