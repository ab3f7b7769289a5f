# expect: MaxPoolLayer.leaves_arguments_alone failed writes-into-argument
# The winners are marked in the caller's image.
class MaxPoolLayer(Layer):
    def __init__(self, input_shape, pool_shape):
        self.input_shape = input_shape
        self.pool_shape = pool_shape
        self.output_shape = (input_shape[0] // pool_shape[0], input_shape[1] // pool_shape[1], input_shape[2])

    def forward_propagation(self, input):
        p, q = self.pool_shape
        self.output = np.zeros(self.output_shape)
        for u, v, d in np.ndindex(self.output_shape):
            values = input[u * p:(u + 1) * p, v * q:(v + 1) * q, d]
            self.output[u, v, d] = np.max(values)
            values[:] = values == np.max(values)
        self.mask = input
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        p, q = self.pool_shape
        return self.mask * output_error.repeat(p, axis=0).repeat(q, axis=1)
