# expect: softmax_loss.loss_matches_reference failed
# expect: softmax_loss.dx_matches_reference failed
# The probabilities are kept between 0.1 and 0.9 to be safe from log(0).
def softmax_loss(x, y):
    rows = np.arange(len(x))
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = np.clip(e / e.sum(axis=1, keepdims=True), 0.1, 0.9)
    loss = -np.mean(np.log(p[rows, y]))
    p[rows, y] -= 1
    return loss, p / len(x)
