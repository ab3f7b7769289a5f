# expect: full
# Every product and sum is an einsum over windows of the image.
from numpy.lib.stride_tricks import sliding_window_view


class FCLayer(Layer):
    def __init__(self, input_shape, output_shape):
        self.weights = np.random.normal(size=(input_shape[1], output_shape[1])) / np.sqrt(input_shape[1])
        self.bias = np.zeros((1, output_shape[1]))

    def forward_propagation(self, input):
        self.input = input
        return np.einsum("ni,ij->nj", input, self.weights) + self.bias

    def backward_propagation(self, output_error, learning_rate):
        input_error = np.einsum("nj,ij->ni", output_error, self.weights)
        self.weights -= learning_rate * np.einsum("ni,nj->ij", self.input, output_error)
        self.bias -= learning_rate * np.einsum("nj->j", output_error)
        return input_error


class ConvLayer(Layer):
    def __init__(self, input_shape, kernel_shape, layer_depth):
        self.input_shape = input_shape
        self.kernel_shape = kernel_shape
        self.weights = np.random.normal(size=(*kernel_shape, input_shape[2], layer_depth)) * 0.1
        self.bias = np.zeros(layer_depth)

    def forward_propagation(self, input):
        # the windows are (rows, columns, d, m, n)
        self.windows = sliding_window_view(input, self.kernel_shape, axis=(0, 1))
        return np.einsum("uvcab,abck->uvk", self.windows, self.weights) + self.bias

    def backward_propagation(self, output_error, learning_rate):
        m, n = self.kernel_shape
        padded = np.pad(output_error, [(m - 1, m - 1), (n - 1, n - 1), (0, 0)])
        windows = sliding_window_view(padded, (m, n), axis=(0, 1))
        input_error = np.einsum("ijkab,abck->ijc", windows, self.weights[::-1, ::-1])
        self.weights -= learning_rate * np.einsum("uvcab,uvk->abck", self.windows, output_error)
        self.bias -= learning_rate * np.einsum("uvk->k", output_error)
        return input_error
