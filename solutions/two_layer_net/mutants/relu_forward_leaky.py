# expect: relu.forward_matches_reference failed leaky-slope
# A leaky rectifier with its right slope: another function than the one asked for.
def relu_forward(x):
    slope = np.where(x > 0, 1.0, 0.01)
    return x * slope, slope


def relu_backward(dout, cache):
    return dout * cache
