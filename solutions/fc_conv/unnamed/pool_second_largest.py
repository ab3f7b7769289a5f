# expect: MaxPoolLayer.forward_matches_reference failed
# The pixels are sorted, and the last but one is taken.
class MaxPoolLayer(Layer):
    def __init__(self, input_shape, pool_shape):
        self.input_shape = input_shape
        self.pool_shape = pool_shape
        self.output_shape = (input_shape[0] // pool_shape[0], input_shape[1] // pool_shape[1], input_shape[2])

    def forward_propagation(self, input):
        self.input = input
        self.output = np.zeros(self.output_shape)
        p, q = self.pool_shape
        for u, v, d in np.ndindex(self.output_shape):
            self.output[u, v, d] = np.sort(input[u * p:(u + 1) * p, v * q:(v + 1) * q, d], axis=None)[-2]
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        input_error = np.zeros(self.input_shape)
        p, q = self.pool_shape
        for u, v, d in np.ndindex(self.output_shape):
            block = self.input[u * p:(u + 1) * p, v * q:(v + 1) * q, d]
            row, column = np.unravel_index(np.argmax(block), block.shape)
            input_error[u * p + row, v * q + column, d] = output_error[u, v, d]
        return input_error
