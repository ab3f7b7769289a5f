# expect: DropoutLayer.is_identity_when_not_training failed
# It drops when it should not, and not when it should.
class DropoutLayer(Layer):
    def __init__(self, rate):
        self.rate = rate
        self.training = True

    def forward_propagation(self, input):
        if self.training:
            self.mask = np.ones(input.shape)
            return input
        self.mask = np.random.rand(*input.shape) >= self.rate
        return input * self.mask / (1 - self.rate)

    def backward_propagation(self, output_error, learning_rate):
        if self.training:
            return output_error
        return output_error * self.mask / (1 - self.rate)
