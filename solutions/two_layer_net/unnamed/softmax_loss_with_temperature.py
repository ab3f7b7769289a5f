# expect: softmax_loss.loss_matches_reference failed
# expect: softmax_loss.dx_matches_reference failed
# The scores are divided by a temperature of 2 before softmax.
def softmax_loss(x, y):
    rows, cool = np.arange(len(x)), x / 2
    e = np.exp(cool - cool.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(x) / 2
