# expect: relu.dx_matches_reference failed mask-inverted
# The gradient goes through where the input was blocked.
def relu_backward(dout, cache):
    x = cache
    dx = dout * (x < 0)
    return dx
