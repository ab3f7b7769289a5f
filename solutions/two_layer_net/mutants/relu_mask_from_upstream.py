# expect: relu.dx_matches_reference failed mask-from-upstream
# The rectifier itself is applied to dout: its sign opens the gate, not that of x.
def relu_backward(dout, cache):
    dx = np.maximum(0, dout)
    return dx
