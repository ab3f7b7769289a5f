# expect: softmax_loss.loss_matches_reference failed batch-mean-missing
# The gradient is divided by the batch size, the loss is not.
def softmax_loss(x, y):
    N = x.shape[0]
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    p = e / np.sum(e, axis=1, keepdims=True)
    loss = np.sum(-np.log(p[range(N), y]))
    p[range(N), y] -= 1
    return loss, p / N
