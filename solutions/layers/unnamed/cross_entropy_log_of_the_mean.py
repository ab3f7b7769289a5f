# expect: cross_entropy_error.value_matches_reference failed
# The mean is taken of the probabilities, and the logarithm of that mean.
def cross_entropy_error(y, t):
    y = np.atleast_2d(y)
    if np.size(t) != y.size:
        t = np.eye(y.shape[1])[np.ravel(t)]
    right = np.sum(y * np.reshape(t, y.shape), axis=1)
    return -np.log(np.mean(right))
