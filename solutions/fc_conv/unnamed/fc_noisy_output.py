# expect: FCLayer.forward_matches_reference failed
# A little noise is added to the output, against overfitting.
class FCLayer(Layer):
    def __init__(self, input_shape, output_shape):
        self.input_shape = input_shape
        self.output_shape = output_shape
        self.weights = np.random.rand(input_shape[1], output_shape[1]) - 0.5
        self.bias = np.random.rand(1, output_shape[1]) - 0.5

    def forward_propagation(self, input):
        self.input = input
        noise = np.random.normal(0, 0.05, self.bias.shape)
        return input @ self.weights + self.bias + noise

    def backward_propagation(self, output_error, learning_rate):
        input_error = output_error @ self.weights.T
        self.weights = self.weights - learning_rate * self.input.T @ output_error
        self.bias = self.bias - learning_rate * output_error
        return input_error
