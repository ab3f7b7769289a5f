# expect: affine_relu.forward_matches_reference failed
# expect: affine_relu.dx_matches_reference failed
# expect: affine_relu.dw_matches_reference failed
# expect: affine_relu.db_matches_reference failed
# The sums are standardised over the batch before the rectifier, and backward knows nothing of it.
def affine_relu_forward(x, w, b):
    scores, affine_cache = affine_forward(x, w, b)
    scores = (scores - scores.mean(axis=0)) / np.sqrt(scores.var(axis=0) + 1e-5)
    out, relu_cache = relu_forward(scores)
    return out, (affine_cache, relu_cache)


def affine_relu_backward(dout, cache):
    affine_cache, relu_cache = cache
    return affine_backward(relu_backward(dout, relu_cache), affine_cache)
