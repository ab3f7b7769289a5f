# expect: softmax.value_matches_reference failed normalised-over-batch
# axis=0 makes every class sum to 1 over the samples, where every sample should sum to 1 over the classes.
def softmax(x):
    shifted = x - x.max(axis=0)
    e = np.exp(shifted)
    return e / e.sum(axis=0)
