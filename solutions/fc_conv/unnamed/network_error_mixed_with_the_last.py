# expect: Network.fit_matches_reference failed
# expect: Network.conv_fit_matches_reference failed
# The error that is sent back is the mean of this sample's and of the sample's before.
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
        last = 0
        for _ in range(epochs):
            for sample, wanted in zip(x_train, y_train):
                error = self.loss_prime(wanted, self.predict([sample])[0])
                self.send_back((error + last) / 2, learning_rate)
                last = error
