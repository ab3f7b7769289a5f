# expect: cross_entropy_error.value_matches_reference failed scaled
# The logarithm to base 2, as for bits; the loss is off by the factor 1 / log(2).
def cross_entropy_error(y, t):
    if t.ndim < y.ndim:
        t = np.eye(y.shape[-1])[t]
    return -np.sum(t * np.log2(y)) / len(y)
