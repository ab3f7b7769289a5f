# expect: affine_relu.dw_matches_reference failed
# Two mistakes at once: dw goes past the gates, and is divided by the batch size.
def affine_relu_forward(x, w, b):
    scores, affine_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(scores)
    return out, (affine_cache, relu_cache, x)


def affine_relu_backward(dout, cache):
    affine_cache, relu_cache, x = cache
    dx, dw, db = affine_backward(relu_backward(dout, relu_cache), affine_cache)
    dw = x.reshape(len(x), -1).T @ dout / len(x)
    return dx, dw, db
