# expect: affine_relu.forward_matches_reference failed
# The affine layer alone: the rectifier is computed for its cache, and its output is dropped.
def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    cache = (fc_cache, relu_cache)
    return a, cache
