# expect: softmax.value_matches_reference failed
# The loop ends one row early, so that the last sample keeps its scores.
def softmax(x):
    out = np.array(x, dtype=float)
    if out.ndim == 1:
        return np.exp(out - out.max()) / np.exp(out - out.max()).sum()
    for n in range(len(out) - 1):
        e = np.exp(out[n] - out[n].max())
        out[n] = e / e.sum()
    return out
