# expect: sigmoid.value_matches_reference failed
# Returns the slope of the sigmoid instead of its value.
def sigmoid(z):
    a = 1 / (1 + np.exp(-z))
    return a * (1 - a)
