# expect: DropoutLayer.drops_the_right_fraction failed
# expect: DropoutLayer.scales_what_is_kept failed
# expect: DropoutLayer.reuses_its_mask failed
# What is dropped is replaced by the mean of the input instead of 0.
class DropoutLayer(Layer):
    def __init__(self, rate):
        self.rate = rate
        self.training = True

    def forward_propagation(self, input):
        self.kept = np.ones(input.shape, bool)
        if not self.training:
            return input.copy()
        self.kept = np.random.rand(*input.shape) >= self.rate
        return np.where(self.kept, input / (1 - self.rate), input.mean())

    def backward_propagation(self, output_error, learning_rate):
        if not self.training:
            return output_error.copy()
        return output_error * self.kept / (1 - self.rate)
