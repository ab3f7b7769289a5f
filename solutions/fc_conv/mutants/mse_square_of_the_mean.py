# expect: mse.value_matches_reference failed
# The mean is taken before the square, so that errors of opposite sign cancel.
def mse(y_true, y_pred):
    return np.mean(y_true - y_pred) ** 2
