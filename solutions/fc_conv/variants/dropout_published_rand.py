# expect: full
# np.random.rand, compared with the fraction that is kept.
class DropoutLayer(Layer):
    def __init__(self, rate):
        self.rate = rate
        self.training = True

    def forward_propagation(self, input):
        self.input = input
        keep = 1 - self.rate
        if self.training:
            self.mask = np.random.rand(*input.shape) < keep
            self.output = (input * self.mask) / keep
        else:
            self.mask = np.ones(input.shape, dtype=bool)
            self.output = input
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        if self.training:
            return (output_error * self.mask) / (1 - self.rate)
        return output_error
