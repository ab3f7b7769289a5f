# expect: sigmoid.value_matches_reference failed
# The exponential is a series that breaks off after the square.
def sigmoid(z):
    return 1 / (1 + (1 - z + z ** 2 / 2))
