# expect: softmax.value_matches_reference failed
# The exponentials are divided by their Euclidean length: the squares of a row sum to one.
def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.linalg.norm(e, axis=-1, keepdims=True)
