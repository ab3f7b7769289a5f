# expect: Network.fit_matches_reference failed scaled
# The bare difference is sent back: the loss's own factor is missing.
class Network:
    def __init__(self):
        self.layers = []
        self.loss = None
        self.loss_prime = None

    def add(self, layer):
        self.layers.append(layer)

    def use(self, loss, loss_prime):
        self.loss = loss
        self.loss_prime = loss_prime

    def predict(self, x):
        result = []
        for i in range(len(x)):
            output = x[i]
            for layer in self.layers:
                output = layer.forward_propagation(output)
            result.append(output)
        return result

    def fit(self, x_train, y_train, epochs, learning_rate):
        samples = len(x_train)
        for epoch in range(epochs):
            for j in range(samples):
                output = x_train[j]
                for layer in self.layers:
                    output = layer.forward_propagation(output)

                error = output - y_train[j]
                for layer in reversed(self.layers):
                    error = layer.backward_propagation(error, learning_rate)
