# expect: full
# All three correlations by the convolution theorem; the last digits differ from those of a sum.
class ConvLayer(Layer):
    def __init__(self, input_shape, kernel_shape, layer_depth):
        self.input_shape = input_shape
        self.kernel_shape = kernel_shape
        self.weights = np.random.normal(0, 0.2, (*kernel_shape, input_shape[2], layer_depth))
        self.bias = np.zeros(layer_depth)

    def spectrum(self, x):
        return np.fft.rfft2(x, s=self.input_shape[:2], axes=(0, 1))

    def back(self, x):
        return np.fft.irfft2(x, s=self.input_shape[:2], axes=(0, 1))

    def forward_propagation(self, input):
        self.input = input
        rows, columns = (size - k + 1 for size, k in zip(self.input_shape, self.kernel_shape))
        product = np.einsum("xyc,xyck->xyk", self.spectrum(input), self.spectrum(self.weights).conj())
        return self.back(product)[:rows, :columns] + self.bias

    def backward_propagation(self, output_error, learning_rate):
        m, n = self.kernel_shape
        error = self.spectrum(output_error)
        input_error = self.back(np.einsum("xyk,xyck->xyc", error, self.spectrum(self.weights)))
        dweights = self.back(np.einsum("xyc,xyk->xyck", self.spectrum(self.input), error.conj()))[:m, :n]
        self.weights -= learning_rate * dweights
        self.bias -= learning_rate * output_error.sum(axis=(0, 1))
        return input_error
