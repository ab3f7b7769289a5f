# expect: cross_entropy_error.accepts_integer_labels failed label-format
# Integer labels are made a column and multiplied with the logarithms, as if 2 meant "twice".
def cross_entropy_error(y, t):
    n = y.shape[0]
    t = np.reshape(t, (n, -1))
    return -np.sum(t * np.log(y + 1e-7)) / n
