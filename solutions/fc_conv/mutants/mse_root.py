# expect: mse.value_matches_reference failed
# The root of the mean squared error.
def mse(y_true, y_pred):
    return np.sqrt(np.mean((y_true - y_pred) ** 2))
