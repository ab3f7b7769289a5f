# expect: full
# A small constant in the logarithm, and probabilities of shifted scores.
def softmax_loss(x, y):
    N = x.shape[0]
    shifted = x - np.max(x, axis=1).reshape(N, 1)
    probs = np.exp(shifted)
    probs = probs / np.sum(probs, axis=1).reshape(N, 1)
    loss = np.sum(-np.log(probs[range(N), list(y)] + 1e-7)) / N
    dx = np.copy(probs)
    dx[range(N), list(y)] -= 1
    dx = dx / N
    return loss, dx
