# expect: mse.value_matches_reference failed returns-nothing
# The loss is printed instead of returned.
def mse(y_true, y_pred):
    print(np.mean(np.power(y_true - y_pred, 2)))
