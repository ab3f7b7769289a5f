# expect: tanh.value_matches_reference failed
# A straight line from -1 to 1, cut off at both ends.
def tanh(x):
    return np.minimum(np.maximum(x, -1), 1)
