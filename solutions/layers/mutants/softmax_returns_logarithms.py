# expect: softmax.value_matches_reference failed
# Returns the logarithms of the probabilities.
def softmax(x):
    top = np.max(x, axis=-1, keepdims=True)
    return x - top - np.log(np.sum(np.exp(x - top), axis=-1, keepdims=True))
