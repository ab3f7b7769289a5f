# expect: softmax_loss.loss_matches_reference failed normalised-over-batch
# axis=0 makes every class sum to 1 over the samples.
def softmax_loss(x, y):
    N = x.shape[0]
    e = np.exp(x - np.max(x, axis=0))
    p = e / np.sum(e, axis=0)
    loss = -np.sum(np.log(p[np.arange(N), y])) / N
    dx = p.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx
