# expect: affine.forward_matches_reference failed bias-missing
# The biases are handed in and never added.
def affine_forward(x, w, b):
    N = x.shape[0]
    out = x.reshape(N, -1).dot(w)
    cache = (x, w, b)
    return out, cache
