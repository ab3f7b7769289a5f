# expect: tanh.value_matches_reference failed argument-negated
# The two exponentials of the numerator have changed places.
def tanh(x):
    return (np.exp(-x) - np.exp(x)) / (np.exp(x) + np.exp(-x))
