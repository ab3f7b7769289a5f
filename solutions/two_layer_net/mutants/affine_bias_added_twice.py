# expect: affine.forward_matches_reference failed bias-repeated
# out already holds b when b is added once more.
def affine_forward(x, w, b):
    flat = x.reshape(len(x), -1)
    out = np.dot(flat, w) + b
    out = out + b
    return out, (x, w, b)
