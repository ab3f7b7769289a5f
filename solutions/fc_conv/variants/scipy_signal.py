# expect: full
# Correlates with scipy, which submissions may use.
from scipy import signal
class ConvLayer(Layer):
    def __init__(self, input_shape, kernel_shape, layer_depth):
        self.input_shape = input_shape
        self.weights = np.random.randn(*kernel_shape, input_shape[2], layer_depth)
        self.bias = np.zeros(layer_depth)

    def forward_propagation(self, input):
        self.input = input
        maps = [sum(signal.correlate2d(input[:, :, d], self.weights[:, :, d, k], "valid") for d in range(input.shape[2])) + self.bias[k] for k in range(self.bias.size)]
        return np.stack(maps, axis=-1)

    def backward_propagation(self, output_error, learning_rate):
        input_error = np.zeros(self.input_shape)
        dweights = np.zeros_like(self.weights)
        for k in range(self.bias.size):
            for d in range(self.input_shape[2]):
                input_error[:, :, d] += signal.convolve2d(output_error[:, :, k], self.weights[:, :, d, k], "full")
                dweights[:, :, d, k] = signal.correlate2d(self.input[:, :, d], output_error[:, :, k], "valid")
        self.weights -= learning_rate * dweights
        self.bias -= learning_rate * output_error.sum(axis=(0, 1))
        return input_error
