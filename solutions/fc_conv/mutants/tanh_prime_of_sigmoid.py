# expect: tanh_prime.value_matches_reference failed other-slope
# The slope y (1 - y) belongs to the sigmoid.
def tanh_prime(x):
    y = np.tanh(x)
    return y * (1 - y)
