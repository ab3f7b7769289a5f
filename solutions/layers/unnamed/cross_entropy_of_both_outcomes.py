# expect: cross_entropy_error.value_matches_reference failed
# The formula for yes-or-no questions: the wrong classes have a term (1 - t) log(1 - y) too.
def cross_entropy_error(y, t):
    y = np.atleast_2d(y)
    if np.size(t) != y.size:
        t = np.eye(y.shape[1])[np.ravel(t)]
    t = np.reshape(t, y.shape)
    return -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y)) / len(y)
