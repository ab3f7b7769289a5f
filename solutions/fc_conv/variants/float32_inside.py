# expect: full
# Parameters and products in single precision.
class ConvLayer(Layer):
    def __init__(self, input_shape, kernel_shape, layer_depth):
        self.input_shape = input_shape
        self.weights = np.random.rand(*kernel_shape, input_shape[2], layer_depth).astype(np.float32)
        self.bias = np.zeros(layer_depth, dtype=np.float32)

    def forward_propagation(self, input):
        self.input = input.astype(np.float32)
        m, n = self.weights.shape[:2]
        rows, columns = input.shape[0] - m + 1, input.shape[1] - n + 1
        output = np.tile(self.bias.astype(np.float32), (rows, columns, 1))
        for a in range(m):
            for b in range(n):
                output += self.input[a:a + rows, b:b + columns] @ self.weights[a, b].astype(np.float32)
        return output

    def backward_propagation(self, output_error, learning_rate):
        error = output_error.astype(np.float32)
        rows, columns, k = error.shape
        m, n = self.weights.shape[:2]
        input_error = np.zeros(self.input_shape, dtype=np.float32)
        dweights = np.zeros(self.weights.shape, dtype=np.float32)
        for a in range(m):
            for b in range(n):
                part = self.input[a:a + rows, b:b + columns]
                input_error[a:a + rows, b:b + columns] += error @ self.weights[a, b].T.astype(np.float32)
                dweights[a, b] = part.reshape(rows * columns, -1).T @ error.reshape(rows * columns, k)
        self.weights = self.weights - learning_rate * dweights
        self.bias = self.bias - learning_rate * error.sum(axis=(0, 1))
        return input_error
