# expect: DropoutLayer.drops_the_right_fraction failed
# expect: DropoutLayer.scales_what_is_kept failed
# expect: DropoutLayer.reuses_its_mask failed
# Nothing is dropped: noise is added, as much of it as rate says.
class DropoutLayer(Layer):
    def __init__(self, rate):
        self.rate = rate
        self.training = True

    def forward_propagation(self, input):
        if not self.training:
            return input.copy()
        return input + self.rate * np.random.randn(*input.shape)

    def backward_propagation(self, output_error, learning_rate):
        return output_error.copy()
