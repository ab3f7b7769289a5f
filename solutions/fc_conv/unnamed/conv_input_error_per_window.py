# expect: ConvLayer.dinput_matches_reference failed
# The input error of a pixel is divided by the number of windows that lie over it.
class ConvLayer(Layer):
    def __init__(self, input_shape, kernel_shape, layer_depth):
        (i, j, d), (m, n) = input_shape, kernel_shape
        self.input_shape = input_shape
        self.output_shape = (i - m + 1, j - n + 1, layer_depth)
        self.weights = np.random.rand(m, n, d, layer_depth) - 0.5
        self.bias = np.random.rand(layer_depth) - 0.5

    def forward_propagation(self, input):
        self.input = input
        rows, columns, _ = self.output_shape
        self.output = np.zeros(self.output_shape) + self.bias
        for a, c in np.ndindex(self.weights.shape[:2]):
            self.output += input[a:a + rows, c:c + columns] @ self.weights[a, c]
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        rows, columns, _ = self.output_shape
        input_error, windows = np.zeros(self.input_shape), np.zeros(self.input_shape)
        weights_error = np.zeros(self.weights.shape)
        for a, c in np.ndindex(self.weights.shape[:2]):
            seen = self.input[a:a + rows, c:c + columns]
            windows[a:a + rows, c:c + columns] += 1
            input_error[a:a + rows, c:c + columns] += output_error @ self.weights[a, c].T
            weights_error[a, c] = np.tensordot(seen, output_error, axes=([0, 1], [0, 1]))
        self.weights = self.weights - learning_rate * weights_error
        self.bias = self.bias - learning_rate * output_error.sum(axis=(0, 1))
        return input_error / windows
