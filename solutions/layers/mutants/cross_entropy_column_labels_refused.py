# expect: cross_entropy_error.accepts_column_labels failed label-format
# Labels of shape (N, 1) index all pairs of rows and labels, so the loss counts N * N terms.
def cross_entropy_error(y, t):
    if t.size == y.size:
        t = t.argmax(axis=1)
    n = len(y)
    return -np.log(y[np.arange(n), t] + 1e-7).sum() / n
