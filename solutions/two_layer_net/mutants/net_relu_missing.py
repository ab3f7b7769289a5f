# expect: TwoLayerNet.scores_matches_reference failed before-after-activation
# Two affine layers in a row, with nothing bent between them.
class TwoLayerNet(object):
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": weight_scale * np.random.randn(input_dim, hidden_dim),
            "b1": np.zeros((1, hidden_dim)),
            "W2": weight_scale * np.random.randn(hidden_dim, num_classes),
            "b2": np.zeros((1, num_classes)),
        }

    def loss(self, X, y=None):
        p = self.params
        a1, affine1 = affine_forward(X, p["W1"], p["b1"])
        scores, affine2 = affine_forward(a1, p["W2"], p["b2"])
        if y is None:
            return scores

        data_loss, dscores = softmax_loss(scores, y)
        penalty = self.reg / 2 * ((p["W1"] * p["W1"]).sum() + (p["W2"] * p["W2"]).sum())
        dh1, dW2, db2 = affine_backward(dscores, affine2)
        _, dW1, db1 = affine_backward(dh1, affine1)
        grads = {"W1": dW1 + self.reg * p["W1"], "b1": db1, "W2": dW2 + self.reg * p["W2"], "b2": db2}
        return data_loss + penalty, grads
