# expect: sigmoid.value_matches_reference failed
# Without brackets, 1 / 1 is computed first.
def sigmoid(z):
    return 1 / 1 + np.exp(-z)
