# expect: full
# A generator of the layer's own, and entries set to 0 in a copy.
class DropoutLayer(Layer):
    def __init__(self, rate):
        self.rate = rate
        self.training = True
        self.rng = np.random.default_rng()

    def forward_propagation(self, input):
        self.dropped = self.rng.random(input.shape) < (self.rate if self.training else 0)
        return self._scaled(input)

    def backward_propagation(self, output_error, learning_rate):
        return self._scaled(output_error)

    def _scaled(self, values):
        result = values / (1 - self.rate) if self.training else values.copy()
        result[self.dropped] = 0
        return result
