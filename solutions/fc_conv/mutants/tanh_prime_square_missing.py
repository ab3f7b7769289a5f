# expect: tanh_prime.value_matches_reference failed factor-missing
# 1 - tanh(x), the square was forgotten.
def tanh_prime(x):
    return 1 - np.tanh(x)
