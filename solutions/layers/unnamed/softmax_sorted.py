# expect: softmax.value_matches_reference failed
# The scores of every sample are sorted first, to have the largest at hand.
def softmax(x):
    ordered = np.sort(x, axis=-1)
    e = np.exp(ordered - ordered[..., -1:])
    return e / np.sum(e, axis=-1, keepdims=True)
