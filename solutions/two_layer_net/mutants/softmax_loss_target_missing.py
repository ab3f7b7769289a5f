# expect: softmax_loss.dx_matches_reference failed target-missing
# The labels enter the loss and not the gradient.
def softmax_loss(x, y):
    N = x.shape[0]
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(N), y]).mean()
    return loss, p / N
