# expect: affine.forward_matches_reference failed
# forward returns out alone, where the pair (out, cache) is asked for.
def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1) @ w + b
    return out
