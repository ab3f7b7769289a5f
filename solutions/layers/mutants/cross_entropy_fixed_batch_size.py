# expect: cross_entropy_error.value_matches_reference failed constant-for-variable
# The batch size of the training run, 100, is typed in place of the number of rows.
def cross_entropy_error(y, t):
    if t.size == y.size:
        t = t.argmax(axis=1)
    t = t.reshape(-1)
    return -np.sum(np.log(y[np.arange(y.shape[0]), t] + 1e-7)) / 100
