# expect: softmax.value_matches_reference failed scores-not-probabilities
# Only the exponentials are returned; nothing makes a row sum to 1.
def softmax(x):
    biggest = np.max(x, axis=-1, keepdims=True)
    return np.exp(x - biggest)
