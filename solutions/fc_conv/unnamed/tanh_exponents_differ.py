# expect: tanh.value_matches_reference failed
# The 2 of the exponent is missing below the line: (exp(2x) - 1) / (exp(x) + 1).
def tanh(x):
    return (np.exp(2 * x) - 1) / (np.exp(x) + 1)
