# expect: full
# Everything is computed with single precision, and the parameters are drawn so.
def affine_forward(x, w, b):
    rows = x.reshape(x.shape[0], -1).astype(np.float32)
    w32 = w.astype(np.float32)
    return rows @ w32 + b.astype(np.float32), (rows, w32, x.shape)


def affine_backward(dout, cache):
    rows, w32, shape = cache
    dout = dout.astype(np.float32)
    return (dout @ w32.T).reshape(shape), rows.T @ dout, dout.sum(axis=0)


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        rng = np.random.default_rng()

        def weights(*shape):
            return weight_scale * rng.standard_normal(shape, dtype=np.float32)

        self.params = {
            "W1": weights(input_dim, hidden_dim),
            "b1": np.zeros(hidden_dim, np.float32),
            "W2": weights(hidden_dim, num_classes),
            "b2": np.zeros(num_classes, np.float32),
        }
        self.reg = reg

    def loss(self, X, y=None):
        W1, b1, W2, b2 = (self.params[k].astype(np.float32) for k in ("W1", "b1", "W2", "b2"))
        h, first = affine_relu_forward(X.astype(np.float32), W1, b1)
        scores, second = affine_forward(h, W2, b2)
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        dh, dW2, db2 = affine_backward(dscores.astype(np.float32), second)
        _, dW1, db1 = affine_relu_backward(dh, first)
        loss += np.float32(self.reg) / 2 * (np.square(W1).sum() + np.square(W2).sum())
        reg = np.float32(self.reg)
        return loss, {"W1": dW1 + reg * W1, "W2": dW2 + reg * W2, "b1": db1, "b2": db2}
