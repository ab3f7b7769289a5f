# expect: sigmoid.value_matches_reference failed returns-nothing
# The value is computed and printed, but there is no return.
def sigmoid(z):
    a = 1 / (1 + np.exp(-z))
    print(a)
