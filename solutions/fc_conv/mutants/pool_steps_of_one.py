# expect: MaxPoolLayer.has_right_shapes failed
# The window moves by one pixel, as in a convolution.
class MaxPoolLayer(Layer):
    def __init__(self, input_shape, pool_shape):
        (i, j, d), (p, q) = input_shape, pool_shape
        self.input_shape = input_shape
        self.pool_shape = pool_shape
        self.output_shape = (i - p + 1, j - q + 1, d)

    def forward_propagation(self, input):
        self.input = input
        self.output = np.zeros(self.output_shape)
        p, q = self.pool_shape
        for u, v, d in np.ndindex(self.output_shape):
            self.output[u, v, d] = np.max(input[u:u + p, v:v + q, d])
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        input_error = np.zeros(self.input_shape)
        p, q = self.pool_shape
        for u, v, d in np.ndindex(output_error.shape):
            values = self.input[u:u + p, v:v + q, d]
            winner = np.unravel_index(np.argmax(values), values.shape)
            input_error[u:u + p, v:v + q, d][winner] += output_error[u, v, d]
        return input_error
