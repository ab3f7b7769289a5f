# expect: softmax_loss.loss_matches_reference failed swapped
# expect: softmax_loss.dx_matches_reference failed swapped
# The gradient is returned first and the loss second.
def softmax_loss(x, y):
    N = x.shape[0]
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(N), y]).mean()
    p[np.arange(N), y] -= 1
    return p / N, loss
