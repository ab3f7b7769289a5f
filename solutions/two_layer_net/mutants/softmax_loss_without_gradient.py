# expect: softmax_loss.dx_matches_reference failed gradient-missing
# The loss alone is returned.
def softmax_loss(x, y):
    z = x - x.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -logp[np.arange(len(x)), y].mean()
