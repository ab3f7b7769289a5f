# expect: Network.fit_matches_reference failed
# expect: Network.conv_fit_matches_reference failed
# The samples are shown from the last to the first.
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

    def send_back(self, error, learning_rate):
        for layer in reversed(self.layers):
            error = layer.backward_propagation(error, learning_rate)

    def predict(self, x):
        outputs = []
        for signal in x:
            for layer in self.layers:
                signal = layer.forward_propagation(signal)
            outputs.append(signal)
        return outputs

    def fit(self, x_train, y_train, epochs, learning_rate):
        for _ in range(epochs):
            for n in range(len(x_train) - 1, -1, -1):
                self.send_back(self.loss_prime(y_train[n], self.predict([x_train[n]])[0]), learning_rate)
