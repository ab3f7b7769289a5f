# expect: ConvLayer.is_defined missing
# Both methods are still the starter's.
class ConvLayer(Layer):
    def __init__(self, input_shape, kernel_shape, layer_depth):
        super().__init__()
        (i, j, d), (m, n) = input_shape, kernel_shape
        self.output_shape = (i - m + 1, j - n + 1, layer_depth)
        self.weights = np.random.normal(0, (m * n * d) ** -0.5, (m, n, d, layer_depth))
        self.bias = np.zeros(layer_depth)

    def forward_propagation(self, input):
        raise NotImplementedError("ConvLayer.forward_propagation is not written yet")

    def backward_propagation(self, output_error, learning_rate):
        raise NotImplementedError("ConvLayer.backward_propagation is not written yet")
