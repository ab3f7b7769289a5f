# expect: relu.dx_matches_reference failed leaky-slope
# Forward blocks, backward lets a hundredth through.
def relu_forward(x):
    out = np.maximum(0, x)
    return out, x


def relu_backward(dout, cache):
    dx = np.where(cache > 0, dout, 0.01 * dout)
    return dx
