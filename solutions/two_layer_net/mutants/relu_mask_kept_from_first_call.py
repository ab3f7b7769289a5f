# expect: relu.runs crashed stale-cache
# The mask is kept outside of the functions at the first call and never again; the cache is not used.
_mask = None


def relu_forward(x):
    global _mask
    if _mask is None:
        _mask = x > 0
    return np.maximum(x, 0), None


def relu_backward(dout, cache):
    return dout * _mask
