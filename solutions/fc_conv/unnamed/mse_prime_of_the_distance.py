# expect: mse_prime.value_matches_reference failed
# The gradient of the Euclidean distance: the differences, divided by their length.
def mse_prime(y_true, y_pred):
    difference = y_pred - y_true
    return difference / np.linalg.norm(difference)
