# expect: softmax_loss.loss_matches_reference failed
# The loss is the entropy of the probabilities: how unsure the net is, not how wrong.
def softmax_loss(x, y):
    rows = np.arange(len(x))
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.sum(p * np.log(p + 1e-12)) / len(x)
    p[rows, y] -= 1
    return loss, p / len(x)
