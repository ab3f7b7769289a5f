# expect: softmax_loss.dx_matches_reference failed wrong-denominator
# x.shape[1] counts the classes; the samples lie along the first axis.
def softmax_loss(x, y):
    rows = np.arange(x.shape[0])
    e = np.exp(x - x.max(axis=1)[:, None])
    p = e / e.sum(axis=1)[:, None]
    loss = -np.log(p[rows, y]).mean()
    dx = p.copy()
    dx[rows, y] -= 1
    return loss, dx / x.shape[1]
