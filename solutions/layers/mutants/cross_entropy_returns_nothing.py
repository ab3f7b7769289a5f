# expect: cross_entropy_error.value_matches_reference failed returns-nothing
# A bare return: the loss stays in a local variable.
def cross_entropy_error(y, t):
    if t.size == y.size:
        t = t.argmax(axis=-1)
    n = y.shape[0]
    loss = -np.sum(np.log(y[np.arange(n), t.reshape(-1)])) / n
    return
