# expect: full
# The convolution as one matrix product: every window a row, every kernel a column.
class ConvLayer(Layer):
    def __init__(self, input_shape, kernel_shape, layer_depth):
        super().__init__()
        self.input_shape = input_shape
        self.kernel_shape = kernel_shape
        self.layer_depth = layer_depth
        i, j, d = input_shape
        m, n = kernel_shape
        self.output_shape = (i - m + 1, j - n + 1, layer_depth)
        self.weights = np.random.randn(m, n, d, layer_depth) / np.sqrt(m * n * d)
        self.bias = np.zeros(layer_depth)
        # For each window the flat places of its pixels in the image.
        places = np.arange(i * j * d).reshape(input_shape)
        self.places = np.array(
            [places[u:u + m, v:v + n].ravel() for u in range(i - m + 1) for v in range(j - n + 1)]
        )

    def forward_propagation(self, input):
        self.columns = input.ravel()[self.places]
        flat = self.columns @ self.weights.reshape(-1, self.layer_depth) + self.bias
        self.output = flat.reshape(self.output_shape)
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        flat = output_error.reshape(-1, self.layer_depth)
        kernels = self.weights.reshape(-1, self.layer_depth)
        input_error = np.zeros(int(np.prod(self.input_shape)))
        np.add.at(input_error, self.places, flat @ kernels.T)
        self.weights = self.weights - learning_rate * (self.columns.T @ flat).reshape(self.weights.shape)
        self.bias = self.bias - learning_rate * flat.sum(axis=0)
        return input_error.reshape(self.input_shape)
