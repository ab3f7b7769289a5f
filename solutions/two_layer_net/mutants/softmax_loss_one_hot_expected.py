# expect: softmax_loss.runs crashed label-format
# Integer labels are multiplied with the logarithms as if they were one-hot rows.
def softmax_loss(x, y):
    N = x.shape[0]
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.sum(y * np.log(p)) / N
    return loss, (p - y) / N
