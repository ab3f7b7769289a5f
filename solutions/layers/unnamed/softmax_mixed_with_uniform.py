# expect: softmax.value_matches_reference failed
# A tenth of the probability is spread evenly over all classes, so that none is ever 0.
def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    y = e / np.sum(e, axis=-1, keepdims=True)
    return 0.9 * y + 0.1 / x.shape[-1]
