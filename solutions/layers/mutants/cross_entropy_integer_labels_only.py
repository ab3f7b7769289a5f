# expect: cross_entropy_error.runs crashed label-format
# One-hot rows are used as indices: only integer labels work.
def cross_entropy_error(y, t):
    batch_size = y.shape[0]
    return -np.sum(np.log(y[np.arange(batch_size), t] + 1e-7)) / batch_size
