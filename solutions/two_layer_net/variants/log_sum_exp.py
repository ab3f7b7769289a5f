# expect: full
# The loss is log-sum-exp less the score of the label, and softmax is the exponential of what remains.
def _log_sum_exp(x):
    m = np.amax(x, axis=-1, keepdims=True)
    return m + np.log(np.sum(np.exp(x - m), axis=-1, keepdims=True))


def softmax_loss(x, y):
    logp = x - _log_sum_exp(x)
    picked = np.take_along_axis(logp, y[:, np.newaxis], axis=1)
    dx = np.exp(logp)
    np.put_along_axis(dx, y[:, np.newaxis], np.take_along_axis(dx, y[:, np.newaxis], axis=1) - 1, axis=1)
    return -float(picked.mean()), dx / x.shape[0]
