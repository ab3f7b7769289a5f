# expect: relu.dx_matches_reference failed
# The output itself stands where its slope, 0 or 1, should stand.
def relu_forward(x):
    out = np.maximum(0, x)
    return out, out


def relu_backward(dout, cache):
    return dout * cache
