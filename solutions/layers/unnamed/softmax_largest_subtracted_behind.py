# expect: softmax.value_matches_reference failed
# The largest score is subtracted from the exponentials, where it should be subtracted from the exponents.
def softmax(x):
    e = np.exp(x) - np.max(x, axis=-1, keepdims=True)
    return e / np.sum(e, axis=-1, keepdims=True)
