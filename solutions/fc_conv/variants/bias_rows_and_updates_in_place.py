# expect: full
# The bias stays (1, j) through every kind of update, and updates go into the arrays that are there.
class FCLayer(Layer):
    def __init__(self, input_shape, output_shape):
        super().__init__()
        self.weights = np.random.randn(input_shape[1], output_shape[1]) * 0.1
        self.bias = np.random.randn(1, output_shape[1]) * 0.1

    def forward_propagation(self, input):
        self.input = input
        return np.add(np.matmul(input, self.weights), self.bias)

    def backward_propagation(self, output_error, learning_rate):
        input_error = np.matmul(output_error, np.transpose(self.weights))
        np.subtract(self.weights, learning_rate * np.kron(self.input.T, output_error), out=self.weights)
        np.subtract(self.bias, learning_rate * output_error.sum(axis=0, keepdims=True), out=self.bias)
        return input_error


class ConvLayer(Layer):
    def __init__(self, input_shape, kernel_shape, layer_depth):
        super().__init__()
        self.input_shape = input_shape
        self.size = kernel_shape
        self.weights = np.random.randn(kernel_shape[0], kernel_shape[1], input_shape[2], layer_depth) * 0.1
        self.bias = np.zeros(layer_depth)

    def positions(self):
        m, n = self.size
        for u in range(self.input_shape[0] - m + 1):
            for v in range(self.input_shape[1] - n + 1):
                yield u, v, (slice(u, u + m), slice(v, v + n))

    def forward_propagation(self, input):
        self.input = input
        m, n = self.size
        out = np.empty((input.shape[0] - m + 1, input.shape[1] - n + 1, self.bias.size))
        for u, v, window in self.positions():
            out[u, v] = (input[window][..., None] * self.weights).sum(axis=(0, 1, 2)) + self.bias
        return out

    def backward_propagation(self, output_error, learning_rate):
        input_error, dweights = np.zeros(self.input_shape), np.zeros_like(self.weights)
        for u, v, window in self.positions():
            dweights += self.input[window][..., None] * output_error[u, v]
            input_error[window] += self.weights @ output_error[u, v]
        self.weights[...] -= learning_rate * dweights
        self.bias[...] -= learning_rate * np.apply_over_axes(np.sum, output_error, (0, 1)).ravel()
        return input_error
