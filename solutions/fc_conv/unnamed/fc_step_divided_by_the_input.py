# expect: FCLayer.dweights_matches_reference failed
# The step of the weights is divided by the squared length of the input.
class FCLayer(Layer):
    def __init__(self, input_shape, output_shape):
        self.input_shape = input_shape
        self.output_shape = output_shape
        self.weights = np.random.rand(input_shape[1], output_shape[1]) - 0.5
        self.bias = np.random.rand(1, output_shape[1]) - 0.5

    def forward_propagation(self, input):
        self.input = input
        return input @ self.weights + self.bias

    def backward_propagation(self, output_error, learning_rate):
        input_error = output_error @ self.weights.T
        self.weights = self.weights - learning_rate * self.input.T @ output_error / np.sum(self.input ** 2)
        self.bias = self.bias - learning_rate * output_error
        return input_error
