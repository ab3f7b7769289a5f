# expect: softmax_loss.loss_matches_reference failed
# expect: softmax_loss.dx_matches_reference failed
# The hinge loss of a support vector machine, with its gradient.
def softmax_loss(x, y):
    rows = np.arange(len(x))
    margins = np.maximum(0, x - x[rows, y][:, None] + 1)
    margins[rows, y] = 0
    dx = (margins > 0).astype(float)
    dx[rows, y] -= dx.sum(axis=1)
    return margins.sum() / len(x), dx / len(x)
