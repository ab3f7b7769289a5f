# expect: cross_entropy_error.value_matches_reference failed
# How much of the probability is missing, 1 - p, without any logarithm.
def cross_entropy_error(y, t):
    y = np.atleast_2d(y)
    if np.size(t) != y.size:
        t = np.eye(y.shape[1])[np.ravel(t)]
    return np.mean(1 - np.sum(y * np.reshape(t, y.shape), axis=1))
