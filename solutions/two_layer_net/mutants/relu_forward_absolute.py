# expect: relu.forward_matches_reference failed
# Negative values change their sign, where they should become 0.
def relu_forward(x):
    out = np.abs(x)
    return out, x
