# expect: full
# Views on the image's memory, tensordot, and pooling by a mask of the block's maximum.
class ConvLayer(Layer):
    def __init__(self, input_shape, kernel_shape, layer_depth):
        m, n = kernel_shape
        self.input_shape, self.kernel_shape = input_shape, kernel_shape
        self.weights = np.random.uniform(-0.1, 0.1, (m, n, input_shape[2], layer_depth))
        self.bias = np.zeros((layer_depth,))

    @staticmethod
    def windows(image, m, n):
        image = np.ascontiguousarray(image, dtype=float)
        rows, columns, depth = image.shape
        s = image.strides
        return np.lib.stride_tricks.as_strided(
            image, (rows - m + 1, columns - n + 1, m, n, depth), (s[0], s[1], s[0], s[1], s[2]), writeable=False
        )

    def forward_propagation(self, input):
        self.input = input.copy()
        return np.tensordot(self.windows(self.input, *self.kernel_shape), self.weights, axes=3) + self.bias

    def backward_propagation(self, output_error, learning_rate):
        m, n = self.kernel_shape
        dweights = np.tensordot(self.windows(self.input, m, n), output_error, axes=[(0, 1), (0, 1)])
        flipped = np.flip(self.weights, axis=(0, 1)).transpose(0, 1, 3, 2)
        around = np.zeros((output_error.shape[0] + 2 * (m - 1), output_error.shape[1] + 2 * (n - 1), len(self.bias)))
        around[m - 1:m - 1 + output_error.shape[0], n - 1:n - 1 + output_error.shape[1]] = output_error
        input_error = np.tensordot(self.windows(around, m, n), flipped, axes=3)
        self.weights -= learning_rate * dweights
        self.bias -= learning_rate * output_error.sum((0, 1))
        return input_error


class MaxPoolLayer(Layer):
    def __init__(self, input_shape, pool_shape):
        self.blocks_shape = (
            input_shape[0] // pool_shape[0], pool_shape[0], input_shape[1] // pool_shape[1], pool_shape[1], input_shape[2]
        )

    def forward_propagation(self, input):
        blocks = input.reshape(self.blocks_shape)
        largest = blocks.max(axis=(1, 3), keepdims=True)
        self.mask = blocks == largest
        return largest[:, 0, :, 0]

    def backward_propagation(self, output_error, learning_rate):
        a, p, b, q, d = self.blocks_shape
        return (self.mask * output_error[:, None, :, None]).reshape(a * p, b * q, d)
