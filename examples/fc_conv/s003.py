import numpy as np


def tanh(x):
    return np.tanh(x)


def tanh_prime(x):
    y = np.tanh(x)
    return (1 + y) * (1 - y)


def mse(y_true, y_pred):
    return ((y_pred - y_true) ** 2).mean()


def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / y_pred.size


class Layer:
    def __init__(self):
        self.input = None
        self.output = None


class FCLayer(Layer):
    def __init__(self, input_shape, output_shape):
        self.weights = np.random.uniform(-0.5, 0.5, (input_shape[1], output_shape[1]))
        self.bias = np.zeros((1, output_shape[1]))

    def forward_propagation(self, input):
        self.input = input
        return input.dot(self.weights) + self.bias

    def backward_propagation(self, output_error, learning_rate):
        self.weights -= learning_rate * self.input.T.dot(output_error)
        self.bias -= learning_rate * output_error
        return output_error.dot(self.weights.T)


class ActivationLayer(Layer):
    def __init__(self, input_shape, activation, activation_prime):
        self.activation = activation
        self.activation_prime = activation_prime

    def forward_propagation(self, input):
        self.input = input
        return self.activation(input)

    def backward_propagation(self, output_error, learning_rate):
        return output_error * self.activation_prime(self.input)


class ConvLayer(Layer):
    def __init__(self, input_shape, kernel_shape, layer_depth):
        self.kernel_shape = kernel_shape
        self.output_shape = (input_shape[0] - kernel_shape[0] + 1, input_shape[1] - kernel_shape[1] + 1)
        self.weights = np.random.uniform(-0.5, 0.5, (*kernel_shape, input_shape[2], layer_depth))
        self.bias = np.zeros(layer_depth)

    def forward_propagation(self, input):
        self.input = input
        (h, w), (m, n) = self.output_shape, self.kernel_shape
        output = np.zeros((h, w, self.bias.size))
        for a in range(h):
            for c in range(w):
                window = input[a:a + m, c:c + n]
                output[a, c] = np.tensordot(window, self.weights, 3) + self.bias
        return output

    def backward_propagation(self, output_error, learning_rate):
        (h, w), (m, n) = self.output_shape, self.kernel_shape
        input_error, weights_error = np.zeros(self.input.shape), np.zeros(self.weights.shape)
        for a in range(h):
            for c in range(w):
                error = output_error[a, c]
                input_error[a:a + m, c:c + n] += self.weights @ error
                weights_error += self.input[a:a + m, c:c + n, :, None] * error
        self.weights -= learning_rate * weights_error
        self.bias -= learning_rate * output_error.sum((0, 1))
        return input_error


class FlattenLayer(Layer):
    def forward_propagation(self, input):
        self.input = np.asarray(input)
        return self.input.reshape((1, self.input.size))

    def backward_propagation(self, output_error, learning_rate):
        return np.asarray(output_error).reshape(self.input.shape)


class MaxPoolLayer(Layer):
    def __init__(self, input_shape, pool_shape):
        self.input_shape = input_shape
        self.pool_shape = pool_shape

    def forward_propagation(self, input):
        p, q = self.pool_shape
        i, j, d = self.input_shape
        self.input = input
        self.winners = {}
        output = np.empty((i // p, j // q, d))
        for u in range(i // p):
            for v in range(j // q):
                for s in range(d):
                    block = input[u * p:(u + 1) * p, v * q:(v + 1) * q, s]
                    a, c = divmod(int(block.argmax()), q)
                    self.winners[u, v, s] = (u * p + a, v * q + c, s)
                    output[u, v, s] = block[a, c]
        return output

    def backward_propagation(self, output_error, learning_rate):
        input_error = np.zeros(self.input_shape)
        for place, winner in self.winners.items():
            input_error[winner] = output_error[place]
        return input_error


class DropoutLayer(Layer):
    def __init__(self, rate):
        self.rate = rate
        self.training = True

    def forward_propagation(self, input):
        if not self.training:
            self.mask = np.ones(input.shape)
        else:
            self.mask = (np.random.rand(*input.shape) > self.rate) / (1 - self.rate)
        return input * self.mask

    def backward_propagation(self, output_error, learning_rate):
        return output_error * self.mask


class Network:
    def __init__(self):
        self.layers = []

    def add(self, layer):
        self.layers += [layer]

    def use(self, loss, loss_prime):
        self.loss = loss
        self.loss_prime = loss_prime

    def predict(self, x):
        outputs = []
        for sample in x:
            for layer in self.layers:
                sample = layer.forward_propagation(sample)
            outputs.append(sample)
        return outputs

    def fit(self, x_train, y_train, epochs, learning_rate):
        for epoch in range(epochs):
            for x, y in zip(x_train, y_train):
                for layer in self.layers:
                    x = layer.forward_propagation(x)
                error = self.loss_prime(y, x)
                for layer in reversed(self.layers):
                    error = layer.backward_propagation(error, learning_rate)
