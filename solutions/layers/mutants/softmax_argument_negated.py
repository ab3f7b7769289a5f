# expect: softmax.value_matches_reference failed argument-negated
# exp(-x) instead of exp(x): the smallest score gets the largest probability.
def softmax(x):
    e = np.exp(-x + np.min(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
