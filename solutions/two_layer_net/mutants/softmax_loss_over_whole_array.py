# expect: softmax_loss.loss_matches_reference failed normalised-over-batch
# np.sum without an axis: the probabilities of all samples together sum to 1.
def softmax_loss(x, y):
    N = x.shape[0]
    e = np.exp(x - np.max(x))
    p = e / np.sum(e)
    loss = -np.mean(np.log(p[np.arange(N), y]))
    p[np.arange(N), y] -= 1
    return loss, p / N
