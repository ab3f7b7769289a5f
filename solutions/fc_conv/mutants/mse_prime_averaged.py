# expect: mse_prime.value_matches_reference failed averaged
# The mean makes one number of a gradient.
def mse_prime(y_true, y_pred):
    return np.mean(2 * (y_pred - y_true))
