# expect: softmax.value_matches_reference failed
# The mean of the exponentials stands where their sum belongs: every row sums to the number of classes.
def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / e.mean(axis=-1, keepdims=True)
