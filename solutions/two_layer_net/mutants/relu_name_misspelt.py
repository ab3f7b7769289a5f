# expect: relu.runs crashed
# backward knows no x: it would have to take it out of the cache.
def relu_forward(x):
    out = x * (x > 0)
    cache = x
    return out, cache


def relu_backward(dout, cache):
    dx = dout * (x > 0)
    return dx
