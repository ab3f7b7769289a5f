from layer import Layer
import numpy as np


def correlate(image, kernel):
    rows, cols = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    out = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            out[r, c] = np.sum(image[r:r + kernel.shape[0], c:c + kernel.shape[1]] * kernel)
    return out


def convolve_full(image, kernel):
    m, n = kernel.shape
    return correlate(np.pad(image, ((m - 1, m - 1), (n - 1, n - 1))), np.flip(kernel))


class ConvLayer(Layer):
    # input_shape = (i, j, d), kernel_shape = (m, n), layer_depth = number of kernels
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
                self.output[:, :, k] += correlate(self.input[:, :, d], self.weights[:, :, d, k]) + self.bias[k]

        return self.output

    def backward_propagation(self, output_error, learning_rate):
        in_error = np.zeros(self.input_shape)
        dWeights = np.zeros((self.kernel_shape[0], self.kernel_shape[1], self.input_depth, self.layer_depth))
        dBias = np.zeros(self.layer_depth)

        for k in range(self.layer_depth):
            for d in range(self.input_depth):
                in_error[:, :, d] += convolve_full(output_error[:, :, k], self.weights[:, :, d, k])
                dWeights[:, :, d, k] = correlate(self.input[:, :, d], output_error[:, :, k])
            dBias[k] = self.layer_depth * np.sum(output_error[:, :, k])

        self.weights -= learning_rate * dWeights
        self.bias -= learning_rate * dBias
        return in_error
