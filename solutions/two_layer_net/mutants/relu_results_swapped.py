# expect: relu.forward_matches_reference failed swapped
# forward returns the cache first and the output second.
def relu_forward(x):
    out = np.maximum(0, x)
    return x, out
