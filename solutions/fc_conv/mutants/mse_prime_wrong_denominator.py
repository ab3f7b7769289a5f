# expect: mse_prime.value_matches_reference failed wrong-denominator
# len counts the rows, not the entries.
def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / len(y_true)
