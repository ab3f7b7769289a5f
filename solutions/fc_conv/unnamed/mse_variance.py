# expect: mse.value_matches_reference failed
# The variance of the differences: their mean is subtracted before they are squared.
def mse(y_true, y_pred):
    return np.var(y_pred - y_true)
