# expect: ActivationLayer.second_forward_matches_reference failed stale-cache
# The slope is computed by the first forward only.
class ActivationLayer(Layer):
    def __init__(self, input_shape, activation, activation_prime):
        self.input_shape = input_shape
        self.output_shape = input_shape
        self.activation = activation
        self.slope = None
        self.activation_prime = activation_prime

    def forward_propagation(self, input):
        if self.slope is None:
            self.slope = self.activation_prime(input)
        self.output = self.activation(input)
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        return self.slope * output_error
