# expect: tanh_prime.value_matches_reference failed
# The square slipped into the brackets: 1 - tanh(x squared).
def tanh_prime(x):
    return 1 - np.tanh(x ** 2)
