# expect: sigmoid.value_matches_reference failed rounded
# The value is rounded to two digits before it is returned.
def sigmoid(z):
    return round(1 / (1 + float(np.exp(-z))), 2)
