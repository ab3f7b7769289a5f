# expect: mse_prime.value_matches_reference failed target-swapped
# Truth minus prediction: the gradient of the truth.
def mse_prime(y_true, y_pred):
    return 2 * (y_true - y_pred) / y_true.size
