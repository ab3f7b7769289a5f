# expect: softmax_loss.dx_matches_reference failed
# dx[:, y] reaches the columns of all the labels in every row, not one entry a row.
def softmax_loss(x, y):
    N = x.shape[0]
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(N), y]).mean()
    dx = p.copy()
    dx[:, y] -= 1
    dx /= N
    return loss, dx
