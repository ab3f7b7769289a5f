# expect: mse.value_matches_reference failed
# Every difference is divided by what was wanted, so that it is a relative error that is squared.
def mse(y_true, y_pred):
    return np.mean(((y_pred - y_true) / y_true) ** 2)
