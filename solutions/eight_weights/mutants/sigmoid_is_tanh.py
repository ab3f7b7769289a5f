# expect: sigmoid.value_matches_reference failed
# The hyperbolic tangent squeezes too, but into the interval from -1 to 1.
def sigmoid(z):
    return np.tanh(z)
