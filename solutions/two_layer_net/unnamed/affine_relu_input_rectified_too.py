# expect: affine_relu.forward_matches_reference failed
# expect: affine_relu.dx_matches_reference failed
# expect: affine_relu.dw_matches_reference failed
# expect: affine_relu.db_matches_reference failed
# There is a rectifier in front of the affine layer too.
def affine_relu_forward(x, w, b):
    bent, first = relu_forward(x)
    scores, middle = affine_forward(bent, w, b)
    out, last = relu_forward(scores)
    return out, (first, middle, last)


def affine_relu_backward(dout, cache):
    first, middle, last = cache
    dbent, dw, db = affine_backward(relu_backward(dout, last), middle)
    return relu_backward(dbent, first), dw, db
