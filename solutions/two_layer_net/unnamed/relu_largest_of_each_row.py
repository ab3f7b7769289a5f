# expect: relu.forward_matches_reference failed
# expect: relu.dx_matches_reference failed
# The maximum of each row is kept, and everything else becomes 0.
def relu_forward(x):
    winner = x == np.max(x, axis=-1, keepdims=True)
    return x * winner, winner


def relu_backward(dout, cache):
    return dout * cache
