# expect: DropoutLayer.scales_what_is_kept failed scaled
# Divided by the fraction that is dropped.
class DropoutLayer(Layer):
    def __init__(self, rate):
        self.rate = rate
        self.training = True

    def forward_propagation(self, input):
        if not self.training:
            self.mask = np.ones(input.shape)
            return input
        self.mask = np.random.rand(*input.shape) >= self.rate
        return input * self.mask / self.rate

    def backward_propagation(self, output_error, learning_rate):
        if not self.training:
            return output_error
        return output_error * self.mask / self.rate
