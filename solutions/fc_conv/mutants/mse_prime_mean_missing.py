# expect: mse_prime.value_matches_reference failed batch-mean-missing
# Not divided by the number of entries.
def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true)
