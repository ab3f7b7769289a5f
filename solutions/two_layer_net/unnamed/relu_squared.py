# expect: relu.forward_matches_reference failed
# expect: relu.dx_matches_reference failed
# What passes is squared, forward, and multiplied by 2 x, backward.
def relu_forward(x):
    return np.where(x > 0, x ** 2, 0), x


def relu_backward(dout, cache):
    return dout * np.where(cache > 0, 2 * cache, 0)
