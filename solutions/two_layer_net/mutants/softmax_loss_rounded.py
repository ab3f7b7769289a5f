# expect: softmax_loss.loss_matches_reference failed rounded
# The loss is rounded to two digits, for a nicer print.
def softmax_loss(x, y):
    N = x.shape[0]
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = round(float(-np.log(p[np.arange(N), y]).mean()), 2)
    p[np.arange(N), y] -= 1
    return loss, p / N
