# expect: affine_relu.forward_matches_reference failed layer-order
# The rectifier comes before the affine layer.
def affine_relu_forward(x, w, b):
    r, relu_cache = relu_forward(x)
    out, fc_cache = affine_forward(r, w, b)
    return out, (relu_cache, fc_cache)


def affine_relu_backward(dout, cache):
    relu_cache, fc_cache = cache
    dr, dw, db = affine_backward(dout, fc_cache)
    dx = relu_backward(dr, relu_cache)
    return dx, dw, db
