# expect: mse.leaves_arguments_alone failed writes-into-argument
# -= changes the caller's array.
def mse(y_true, y_pred):
    y_pred -= y_true
    return np.mean(y_pred ** 2)
