# expect: full
# The mask by np.random.binomial; a layer out of training returns what it was given.
class DropoutLayer(Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.training = True

    def forward_propagation(self, input):
        if not self.training:
            return input
        self.mask = np.random.binomial(1, 1 - self.rate, size=input.shape) / (1 - self.rate)
        return input * self.mask

    def backward_propagation(self, output_error, learning_rate):
        if not self.training:
            return output_error
        return output_error * self.mask
