# expect: relu.dx_matches_reference failed mask-missing
# dout is passed on as it came.
def relu_backward(dout, cache):
    x = cache
    dx = np.array(dout)
    return dx
