# expect: mse.value_matches_reference failed scaled
# Half the mean: another loss, with a slope of its own.
def mse(y_true, y_pred):
    return 0.5 * np.mean((y_true - y_pred) ** 2)
