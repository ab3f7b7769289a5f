# expect: full
# The net has methods for scores, penalty, prediction and training, and keeps more attributes than asked for.
class TwoLayerNet:
    WEIGHTS = ("W1", "W2")

    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.shape = (input_dim, hidden_dim, num_classes)
        self.reg, self.weight_scale = reg, weight_scale
        self.history = []
        self.params = self._drawn(np.random.RandomState(42))

    def _drawn(self, rng):
        D, H, C = self.shape
        return {
            "W1": self.weight_scale * rng.randn(D, H),
            "b1": np.zeros(H),
            "W2": self.weight_scale * rng.randn(H, C),
            "b2": np.zeros(C),
        }

    def _forward(self, X):
        hidden, first = affine_relu_forward(X, self.params["W1"], self.params["b1"])
        scores, second = affine_forward(hidden, self.params["W2"], self.params["b2"])
        return scores, (first, second)

    def _penalty(self):
        return 0.5 * self.reg * sum(np.vdot(self.params[name], self.params[name]) for name in self.WEIGHTS)

    def loss(self, X, y=None):
        scores, (first, second) = self._forward(X)
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        grads = {}
        dhidden, grads["W2"], grads["b2"] = affine_backward(dscores, second)
        grads["W1"], grads["b1"] = affine_relu_backward(dhidden, first)[1:]
        for name in self.WEIGHTS:
            grads[name] = grads[name] + self.reg * self.params[name]
        loss = loss + self._penalty()
        self.history.append(loss)
        return loss, grads

    def predict(self, X):
        return self.loss(X).argmax(axis=1)

    def train(self, X, y, steps=100, learning_rate=1e-3):
        for _ in range(steps):
            _, grads = self.loss(X, y)
            for name in self.params:
                self.params[name] -= learning_rate * grads[name]
