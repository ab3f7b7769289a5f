# expect: softmax_loss.dx_matches_reference failed batch-mean-twice
# Divided by N once with the probabilities and once more at the end.
def softmax_loss(x, y):
    N = len(y)
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    one_hot = np.zeros_like(p)
    one_hot[np.arange(N), y] = 1
    dx = (p - one_hot) / N
    dx /= N
    return loss, dx
