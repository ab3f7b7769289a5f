# expect: softmax_loss.loss_matches_reference failed
# expect: softmax_loss.dx_matches_reference failed
# The classes are counted from 1, so that every label points at the class before.
def softmax_loss(x, y):
    rows, labels = np.arange(len(x)), y - 1
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[rows, labels]))
    p[rows, labels] -= 1
    return loss, p / len(x)
