# expect: MaxPoolLayer.dinput_matches_reference failed learning-rate
# A layer with nothing to learn uses the learning rate.
class MaxPoolLayer(Layer):
    def __init__(self, input_shape, pool_shape):
        self.input_shape = input_shape
        self.pool_shape = pool_shape
        self.output_shape = (input_shape[0] // pool_shape[0], input_shape[1] // pool_shape[1], input_shape[2])

    def block(self, u, v, d):
        p, q = self.pool_shape
        return slice(u * p, (u + 1) * p), slice(v * q, (v + 1) * q), d

    def forward_propagation(self, input):
        self.input = input
        self.output = np.zeros(self.output_shape)
        for u, v, d in np.ndindex(self.output_shape):
            self.output[u, v, d] = np.max(input[self.block(u, v, d)])
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        input_error = np.zeros(self.input_shape)
        for u, v, d in np.ndindex(self.output_shape):
            values = self.input[self.block(u, v, d)]
            winner = np.unravel_index(np.argmax(values), values.shape)
            input_error[self.block(u, v, d)][winner] = learning_rate * output_error[u, v, d]
        return input_error
