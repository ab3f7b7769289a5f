# expect: cross_entropy_error.accepts_integer_labels crashed label-format
# Written for one-hot rows alone: labels of shape (N,) do not broadcast against (N, C).
def cross_entropy_error(y, t):
    delta = 1e-7
    return -np.sum(t * np.log(y + delta)) / y.shape[0]
