# expect: full
# A whole library in the style of the published texts, with their own base class; the convolution's bias is mended.
import numpy as np


# base class
class Layer:
    def __init__(self):
        self.input = None
        self.output = None

    # computes the output Y of a layer for a given input X
    def forward_propagation(self, input):
        raise NotImplementedError

    # computes dE/dX for a given dE/dY, and updates the parameters
    def backward_propagation(self, output_error, learning_rate):
        raise NotImplementedError


class FCLayer(Layer):
    # input_shape = (1, i), output_shape = (1, j)
    def __init__(self, input_shape, output_shape):
        self.input_shape = input_shape
        self.output_shape = output_shape
        self.weights = np.random.rand(input_shape[1], output_shape[1]) - 0.5
        self.bias = np.random.rand(1, output_shape[1]) - 0.5

    def forward_propagation(self, input):
        self.input = input
        self.output = np.dot(self.input, self.weights) + self.bias
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        input_error = np.dot(output_error, self.weights.T)
        dWeights = np.dot(self.input.T, output_error)
        # dBias = output_error

        self.weights -= learning_rate*dWeights
        self.bias -= learning_rate*output_error
        return input_error


class ActivationLayer(Layer):
    def __init__(self, input_shape, activation, activation_prime):
        self.input_shape = input_shape
        self.output_shape = input_shape
        self.activation = activation
        self.activation_prime = activation_prime

    def forward_propagation(self, input):
        self.input = input
        self.output = self.activation(self.input)
        return self.output

    # learning_rate is not used because there is no "learnable" parameters.
    def backward_propagation(self, output_error, learning_rate):
        return self.activation_prime(self.input)*output_error


class FlattenLayer(Layer):
    def forward_propagation(self, input):
        self.input = input
        self.output = input.flatten().reshape((1,-1))
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        return output_error.reshape(self.input.shape)


def correlate2d(image, kernel):
    rows = image.shape[0]-kernel.shape[0]+1
    columns = image.shape[1]-kernel.shape[1]+1
    result = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            result[i,j] = np.sum(image[i:i+kernel.shape[0], j:j+kernel.shape[1]]*kernel)
    return result


def convolve2d_full(image, kernel):
    rows, columns = kernel.shape
    padded = np.zeros((image.shape[0]+2*rows-2, image.shape[1]+2*columns-2))
    padded[rows-1:rows-1+image.shape[0], columns-1:columns-1+image.shape[1]] = image
    return correlate2d(padded, np.rot90(kernel, 2))


class ConvLayer(Layer):
    # input_shape = (i,j,d)
    # kernel_shape = (m,n)
    # layer_depth = output depth
    def __init__(self, input_shape, kernel_shape, layer_depth):
        self.input_shape = input_shape
        self.input_depth = input_shape[2]
        self.kernel_shape = kernel_shape
        self.layer_depth = layer_depth
        self.output_shape = (input_shape[0]-kernel_shape[0]+1, input_shape[1]-kernel_shape[1]+1, layer_depth)
        self.weights = np.random.rand(kernel_shape[0], kernel_shape[1], self.input_depth, layer_depth) - 0.5
        self.bias = np.random.rand(layer_depth) - 0.5

    def forward_propagation(self, input):
        self.input = input
        self.output = np.zeros(self.output_shape)

        for k in range(self.layer_depth):
            for d in range(self.input_depth):
                self.output[:,:,k] += correlate2d(self.input[:,:,d], self.weights[:,:,d,k])
            self.output[:,:,k] += self.bias[k]

        return self.output

    def backward_propagation(self, output_error, learning_rate):
        in_error = np.zeros(self.input_shape)
        dWeights = np.zeros((self.kernel_shape[0], self.kernel_shape[1], self.input_depth, self.layer_depth))
        dBias = np.zeros(self.layer_depth)

        for k in range(self.layer_depth):
            for d in range(self.input_depth):
                in_error[:,:,d] += convolve2d_full(output_error[:,:,k], self.weights[:,:,d,k])
                dWeights[:,:,d,k] = correlate2d(self.input[:,:,d], output_error[:,:,k])
            dBias[k] = np.sum(output_error[:,:,k])

        self.weights -= learning_rate*dWeights
        self.bias -= learning_rate*dBias
        return in_error


def tanh(x):
    return np.tanh(x)

def tanh_prime(x):
    return 1-np.tanh(x)**2

def mse(y_true, y_pred):
    return np.mean(np.power(y_true-y_pred, 2))

def mse_prime(y_true, y_pred):
    return 2*(y_pred-y_true)/y_true.size


class Network:
    def __init__(self):
        self.layers = []
        self.loss = None
        self.loss_prime = None

    def add(self, layer):
        self.layers.append(layer)

    def use(self, loss, loss_prime):
        self.loss = loss
        self.loss_prime = loss_prime

    def predict(self, input):
        result = []

        for i in range(len(input)):
            output = input[i]
            for layer in self.layers:
                output = layer.forward_propagation(output)
            result.append(output)

        return result

    def fit(self, x_train, y_train, epochs, learning_rate):
        for i in range(epochs):
            err = 0
            for j in range(len(x_train)):
                output = x_train[j]
                for layer in self.layers:
                    output = layer.forward_propagation(output)

                # only for display
                err += self.loss(y_train[j], output)

                error = self.loss_prime(y_train[j], output)
                for layer in reversed(self.layers):
                    error = layer.backward_propagation(error, learning_rate)

            err /= len(x_train)
            print('epoch %d/%d   error=%f' % (i+1, epochs, err))


if __name__ == "__main__":
    # solve XOR
    x_train = np.array([[[0,0]], [[0,1]], [[1,0]], [[1,1]]])
    y_train = np.array([[[0]], [[1]], [[1]], [[0]]])

    net = Network()
    net.add(FCLayer((1,2), (1,3)))
    net.add(ActivationLayer((1,3), tanh, tanh_prime))
    net.add(FCLayer((1,3), (1,1)))
    net.add(ActivationLayer((1,1), tanh, tanh_prime))

    net.use(mse, mse_prime)
    net.fit(x_train, y_train, epochs=100, learning_rate=0.1)
    print(net.predict(x_train))
