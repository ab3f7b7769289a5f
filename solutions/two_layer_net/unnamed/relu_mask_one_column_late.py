# expect: relu.dx_matches_reference failed
# The mask is off by one: every entry is gated by its left neighbour.
def relu_forward(x):
    return np.maximum(x, 0), x > 0


def relu_backward(dout, cache):
    return dout * np.roll(cache, 1, axis=-1)
