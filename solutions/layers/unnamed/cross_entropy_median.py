# expect: cross_entropy_error.value_matches_reference failed
# The median of the samples' losses, which a single bad sample does not spoil.
def cross_entropy_error(y, t):
    y = np.atleast_2d(y)
    if np.size(t) != y.size:
        t = np.eye(y.shape[1])[np.ravel(t)]
    losses = -np.log(np.sum(y * np.reshape(t, y.shape), axis=1))
    return np.median(losses)
