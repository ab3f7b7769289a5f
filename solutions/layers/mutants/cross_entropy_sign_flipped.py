# expect: cross_entropy_error.value_matches_reference failed sign-flipped
# The minus in front of the sum is missing, so the loss is negative.
def cross_entropy_error(y, t):
    if t.size == y.size:
        t = t.argmax(axis=-1)
    n = y.shape[0]
    return np.sum(np.log(y[np.arange(n), t.reshape(-1)] + 1e-7)) / n
