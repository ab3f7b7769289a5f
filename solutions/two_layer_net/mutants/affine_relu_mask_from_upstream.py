# expect: affine_relu.dx_matches_reference failed mask-from-upstream
# On the way back relu_forward is called with dout.
def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    return out, (fc_cache, relu_cache)


def affine_relu_backward(dout, cache):
    fc_cache, relu_cache = cache
    da, _ = relu_forward(dout)
    return affine_backward(da, fc_cache)
