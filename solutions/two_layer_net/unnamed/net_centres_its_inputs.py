# expect: TwoLayerNet.scores_matches_reference failed
# expect: TwoLayerNet.loss_matches_reference failed
# expect: TwoLayerNet.dw1_matches_reference failed
# expect: TwoLayerNet.db1_matches_reference failed
# expect: TwoLayerNet.dw2_matches_reference failed
# expect: TwoLayerNet.db2_matches_reference failed
# expect: TwoLayerNet.twenty_steps_match_reference failed
# The mean of the batch is subtracted from the images inside the net.
class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": weight_scale * np.random.randn(input_dim, hidden_dim),
            "b1": np.zeros(hidden_dim),
            "W2": weight_scale * np.random.randn(hidden_dim, num_classes),
            "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        p = self.params
        X = X - X.mean(axis=0)
        hidden, first = affine_relu_forward(X, p["W1"], p["b1"])
        scores, second = affine_forward(hidden, p["W2"], p["b2"])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.sum(p["W1"] ** 2) + np.sum(p["W2"] ** 2))
        dhidden, dW2, db2 = affine_backward(dscores, second)
        _, dW1, db1 = affine_relu_backward(dhidden, first)
        return loss, {"W1": dW1 + self.reg * p["W1"], "b1": db1, "W2": dW2 + self.reg * p["W2"], "b2": db2}
