# expect: affine_relu.dx_matches_reference failed mask-missing
# expect: affine_relu.dw_matches_reference failed mask-missing
# expect: affine_relu.db_matches_reference failed mask-missing
# backward knows the affine layer only.
def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    out, _ = relu_forward(a)
    return out, fc_cache


def affine_relu_backward(dout, cache):
    return affine_backward(dout, cache)
