# expect: mse_prime.value_matches_reference failed
# Differences above 1 count as 1, as in Huber's loss.
def mse_prime(y_true, y_pred):
    return 2 * np.clip(y_pred - y_true, -1, 1) / np.size(y_true)
