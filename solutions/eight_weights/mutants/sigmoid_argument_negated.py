# expect: sigmoid.value_matches_reference failed argument-negated
# The minus sign in the exponent is missing.
def sigmoid(z):
    return 1 / (1 + np.exp(z))
