# expect: DropoutLayer.is_identity_when_not_training failed
# training is set and never looked at.
class DropoutLayer(Layer):
    def __init__(self, rate):
        self.rate = rate
        self.training = True

    def forward_propagation(self, input):
        self.mask = (np.random.rand(*input.shape) >= self.rate) / (1 - self.rate)
        return input * self.mask

    def backward_propagation(self, output_error, learning_rate):
        return output_error * self.mask
