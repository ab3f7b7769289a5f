# expect: Network.predict_matches_reference failed
# predict returns the mean of all outputs so far.
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
        outputs, means = [], []
        for signal in x:
            for layer in self.layers:
                signal = layer.forward_propagation(signal)
            outputs.append(signal)
            means.append(sum(outputs) / len(outputs))
        return means

    def fit(self, x_train, y_train, epochs, learning_rate):
        for _ in range(epochs):
            for sample, wanted in zip(x_train, y_train):
                self.send_back(self.loss_prime(wanted, self.predict([sample])[0]), learning_rate)
