# expect: cross_entropy_error.value_matches_reference failed target-swapped
# The logarithm is taken of the labels and weighted by the predictions.
def cross_entropy_error(y, t):
    if t.size != y.size:
        t = np.eye(y.shape[1])[t.ravel()]
    return -np.sum(y * np.log(t + 1e-7)) / y.shape[0]
