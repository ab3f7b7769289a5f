# expect: DropoutLayer.drops_the_right_fraction failed
# expect: DropoutLayer.reuses_its_mask failed
# One number is drawn for the whole array, which is dropped or kept as a whole.
class DropoutLayer(Layer):
    def __init__(self, rate):
        self.rate = rate
        self.training = True

    def forward_propagation(self, input):
        self.mask = 1.0
        if self.training:
            self.mask = (np.random.rand() >= self.rate) / (1 - self.rate)
        return input * self.mask

    def backward_propagation(self, output_error, learning_rate):
        return output_error * self.mask
