# expect: cross_entropy_error.value_matches_reference failed wrong-denominator
# np.mean over (N, C) divides by N * C; only the N samples should be averaged over.
def cross_entropy_error(y, t):
    if t.size != y.size:
        t = np.eye(y.shape[-1])[t.reshape(-1)]
    return -np.mean(t * np.log(y + 1e-7))
