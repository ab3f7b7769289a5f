# expect: cross_entropy_error.value_matches_reference failed
# Returns the losses of the samples, shape (N,), and leaves the average to the caller.
def cross_entropy_error(y, t):
    if t.size == y.size:
        t = np.argmax(t, axis=1)
    losses = [-np.log(row[int(label)] + 1e-7) for row, label in zip(y, t)]
    return np.array(losses)
