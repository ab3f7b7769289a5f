# expect: cross_entropy_error.value_matches_reference failed batch-mean-missing
# The losses of the samples are added up and not divided by their number.
def cross_entropy_error(y, t):
    if t.size == y.size:
        t = np.argmax(t, axis=-1)
    rows = np.arange(y.shape[0])
    return -np.sum(np.log(y[rows, t.flatten()]))
