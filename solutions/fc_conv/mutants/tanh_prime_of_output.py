# expect: tanh_prime.value_matches_reference failed slope-of-output
# Written for the value of tanh, but called with x.
def tanh_prime(x):
    return 1 - x ** 2
