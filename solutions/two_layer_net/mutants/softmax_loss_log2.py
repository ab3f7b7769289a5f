# expect: softmax_loss.loss_matches_reference failed scaled
# The logarithm to base 2 measures in bits; the gradient belongs to the natural one.
def softmax_loss(x, y):
    N = x.shape[0]
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log2(p[np.arange(N), y]).mean()
    p[np.arange(N), y] -= 1
    return loss, p / N
