# expect: full
# affine_relu and the net are written out in one piece each, without calling the other functions.
def affine_relu_forward(x, w, b):
    rows = x.reshape(x.shape[0], -1)
    out = np.maximum(rows @ w + b, 0)
    return out, (x, w, out)


def affine_relu_backward(dout, cache):
    x, w, out = cache
    da = dout * (out > 0)
    return (da @ w.T).reshape(x.shape), x.reshape(x.shape[0], -1).T @ da, da.sum(axis=0)


class TwoLayerNet:
    def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        sizes = [input_dim, hidden_dim, num_classes]
        self.params = {}
        for i in (1, 2):
            self.params[f"W{i}"] = np.random.normal(scale=weight_scale, size=sizes[i - 1 : i + 1])
            self.params[f"b{i}"] = np.zeros(sizes[i])
        self.reg = reg

    def loss(self, X, y=None):
        W1, b1, W2, b2 = (self.params[k] for k in ["W1", "b1", "W2", "b2"])
        N = X.shape[0]
        X = X.reshape(N, -1)
        z = X @ W1 + b1
        h = z * (z > 0)
        s = h @ W2 + b2
        if y is None:
            return s
        e = np.exp(s - s.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        loss = -np.log(p[np.arange(N), y]).mean() + 0.5 * self.reg * ((W1**2).sum() + (W2**2).sum())
        ds = p.copy()
        ds[np.arange(N), y] -= 1
        ds /= N
        dz = (ds @ W2.T) * (z > 0)
        grads = {
            "b2": ds.sum(axis=0),
            "W2": h.T @ ds + self.reg * W2,
            "b1": dz.sum(axis=0),
            "W1": X.T @ dz + self.reg * W1,
        }
        return loss, grads
