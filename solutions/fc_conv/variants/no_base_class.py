# expect: full
# Classes without a common base; the functions are written out with exponentials.
def tanh(x):
    return (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)


def tanh_prime(x):
    return 4 / (np.exp(x) + np.exp(-x)) ** 2


def mse(y_true, y_pred):
    difference = (y_true - y_pred).ravel()
    return difference @ difference / len(difference)


def mse_prime(y_true, y_pred):
    return -2 / y_true.size * (y_true - y_pred)


class FCLayer:
    def __init__(self, input_shape, output_shape):
        _, i = input_shape
        _, j = output_shape
        limit = (6 / (i + j)) ** 0.5
        self.weights = np.random.uniform(-limit, limit, (i, j))
        self.bias = np.zeros((1, j))

    def forward_propagation(self, input):
        self.input = input
        return input.dot(self.weights) + self.bias

    def backward_propagation(self, output_error, learning_rate):
        old = self.weights.copy()
        self.weights += -learning_rate * np.outer(self.input, output_error)
        self.bias += -learning_rate * output_error
        return output_error.dot(old.T)


class FlattenLayer:
    def forward_propagation(self, input):
        self.input_shape = input.shape
        return np.array(input).ravel()[None, :]

    def backward_propagation(self, output_error, learning_rate):
        return np.array(output_error).reshape(self.input_shape)
