# expect: tanh_prime.value_matches_reference failed sign-flipped
# tanh(x)^2 - 1.
def tanh_prime(x):
    return np.tanh(x) ** 2 - 1
