# expect: mse.value_matches_reference failed
# The mean of the absolute differences.
def mse(y_true, y_pred):
    return np.mean(np.abs(y_true - y_pred))
