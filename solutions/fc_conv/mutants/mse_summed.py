# expect: mse.value_matches_reference failed batch-mean-missing
# The sum of the squares, not their mean.
def mse(y_true, y_pred):
    return np.sum(np.power(y_true - y_pred, 2))
