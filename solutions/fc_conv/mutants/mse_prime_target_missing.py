# expect: mse_prime.value_matches_reference failed target-missing
# The truth does not enter.
def mse_prime(y_true, y_pred):
    return 2 * y_pred / y_pred.size
