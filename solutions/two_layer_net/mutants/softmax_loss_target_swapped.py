# expect: softmax_loss.dx_matches_reference failed target-swapped
# What was due less what was given: the other way round.
def softmax_loss(x, y):
    N, C = x.shape
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(N), y]).mean()
    dx = (np.eye(C)[y] - p) / N
    return loss, dx
