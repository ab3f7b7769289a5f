# expect: tanh.value_matches_reference failed
# The logistic function in place of the hyperbolic tangent.
def tanh(x):
    return 1 / (1 + np.exp(-x))
