# expect: softmax_loss.loss_matches_reference failed
# The loss is raised to the power of e at the end, as for a perplexity.
def softmax_loss(x, y):
    rows = np.arange(len(x))
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = np.exp(-np.mean(np.log(p[rows, y])))
    p[rows, y] -= 1
    return loss, p / len(x)
