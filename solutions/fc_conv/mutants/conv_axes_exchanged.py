# expect: ConvLayer.runs crashed
# The kernel's rows and columns have changed places in the padding.
def correlate_valid(image, kernel):
    m, n = kernel.shape
    out = np.zeros((image.shape[0] - m + 1, image.shape[1] - n + 1))
    for u in range(out.shape[0]):
        for v in range(out.shape[1]):
            out[u, v] = np.sum(image[u:u + m, v:v + n] * kernel)
    return out


def convolve_full(image, kernel):
    m, n = kernel.shape
    padded = np.pad(image, ((n - 1, n - 1), (m - 1, m - 1)))
    return correlate_valid(padded, kernel[::-1, ::-1])


class ConvLayer(Layer):
    def __init__(self, input_shape, kernel_shape, layer_depth):
        self.input_shape = input_shape
        self.input_depth = input_shape[2]
        self.kernel_shape = kernel_shape
        self.layer_depth = layer_depth
        self.output_shape = (input_shape[0] - kernel_shape[0] + 1, input_shape[1] - kernel_shape[1] + 1, layer_depth)
        self.weights = np.random.rand(kernel_shape[0], kernel_shape[1], self.input_depth, layer_depth) - 0.5
        self.bias = np.random.rand(layer_depth) - 0.5

    def forward_propagation(self, input):
        self.input = input
        self.output = np.zeros(self.output_shape)
        for k in range(self.layer_depth):
            for d in range(self.input_depth):
                self.output[:, :, k] += correlate_valid(self.input[:, :, d], self.weights[:, :, d, k])
            self.output[:, :, k] += self.bias[k]
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        in_error = np.zeros(self.input_shape)
        dweights = np.zeros(self.weights.shape)
        dbias = np.zeros(self.layer_depth)
        for k in range(self.layer_depth):
            for d in range(self.input_depth):
                in_error[:, :, d] += convolve_full(output_error[:, :, k], self.weights[:, :, d, k])
                dweights[:, :, d, k] = correlate_valid(self.input[:, :, d], output_error[:, :, k])
            dbias[k] = np.sum(output_error[:, :, k])

        self.weights -= learning_rate * dweights
        self.bias -= learning_rate * dbias
        return in_error
