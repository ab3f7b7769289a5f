# expect: affine_relu.runs crashed layer-order
# Going back, the affine layer comes first, as it did going forward.
def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    return out, (fc_cache, relu_cache)


def affine_relu_backward(dout, cache):
    fc_cache, relu_cache = cache
    dx, dw, db = affine_backward(dout, fc_cache)
    dx = relu_backward(dx, relu_cache)
    return dx, dw, db
