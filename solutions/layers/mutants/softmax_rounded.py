# expect: softmax.value_matches_reference failed rounded
# The probabilities are rounded to two digits "to look nicer".
def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return np.round(e / np.sum(e, axis=-1, keepdims=True), 2)
