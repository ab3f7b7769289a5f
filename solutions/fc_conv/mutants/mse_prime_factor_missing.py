# expect: mse_prime.value_matches_reference failed scaled
# The 2 from the square is missing.
def mse_prime(y_true, y_pred):
    return (y_pred - y_true) / y_true.size
