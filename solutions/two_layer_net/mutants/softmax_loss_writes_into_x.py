# expect: softmax_loss.leaves_arguments_alone failed writes-into-argument
# The largest score is subtracted in place, and the caller's scores are gone.
def softmax_loss(x, y):
    N = x.shape[0]
    x -= x.max(axis=1, keepdims=True)
    p = np.exp(x)
    p /= p.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[np.arange(N), y]))
    p[np.arange(N), y] -= 1
    p /= N
    return loss, p
