# expect: affine_relu.forward_matches_reference failed returns-nothing
# Both layers are computed, and nothing is returned.
def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    cache = (fc_cache, relu_cache)
