# expect: full
# Python loops over single numbers, without matrix products or slices.
import math


def tanh(x):
    if np.ndim(x) == 0:
        return math.tanh(x)
    return np.array([tanh(part) for part in x])


def tanh_prime(x):
    if np.ndim(x) == 0:
        return 1 - math.tanh(x) ** 2
    return np.array([tanh_prime(part) for part in x])


def mse(y_true, y_pred):
    total, count = 0.0, 0
    for t, p in zip(np.asarray(y_true).flat, np.asarray(y_pred).flat):
        total += (p - t) ** 2
        count += 1
    return total / count


def mse_prime(y_true, y_pred):
    gradient = np.zeros(y_pred.shape)
    for place in np.ndindex(y_pred.shape):
        gradient[place] = 2 * (y_pred[place] - y_true[place]) / y_pred.size
    return gradient


class FCLayer(Layer):
    def __init__(self, input_shape, output_shape):
        self.i, self.j = input_shape[1], output_shape[1]
        self.weights = np.random.randn(self.i, self.j)
        self.bias = np.zeros((1, self.j))

    def forward_propagation(self, input):
        self.input = input
        output = np.zeros((1, self.j))
        for q in range(self.j):
            output[0, q] = self.bias[0, q]
            for p in range(self.i):
                output[0, q] += input[0, p] * self.weights[p, q]
        return output

    def backward_propagation(self, output_error, learning_rate):
        input_error = np.zeros((1, self.i))
        for p in range(self.i):
            for q in range(self.j):
                input_error[0, p] += output_error[0, q] * self.weights[p, q]
                self.weights[p, q] -= learning_rate * self.input[0, p] * output_error[0, q]
        for q in range(self.j):
            self.bias[0, q] -= learning_rate * output_error[0, q]
        return input_error


class ConvLayer(Layer):
    def __init__(self, input_shape, kernel_shape, layer_depth):
        self.i, self.j, self.d = input_shape
        self.m, self.n = kernel_shape
        self.k = layer_depth
        self.rows, self.columns = self.i - self.m + 1, self.j - self.n + 1
        self.weights = np.random.randn(self.m, self.n, self.d, self.k) * 0.1
        self.bias = np.zeros(self.k)

    def forward_propagation(self, input):
        self.input = input
        output = np.zeros((self.rows, self.columns, self.k))
        for u in range(self.rows):
            for v in range(self.columns):
                for k in range(self.k):
                    total = self.bias[k]
                    for a in range(self.m):
                        for b in range(self.n):
                            for c in range(self.d):
                                total += input[u + a, v + b, c] * self.weights[a, b, c, k]
                    output[u, v, k] = total
        return output

    def backward_propagation(self, output_error, learning_rate):
        input_error = np.zeros((self.i, self.j, self.d))
        dweights = np.zeros_like(self.weights)
        dbias = np.zeros_like(self.bias)
        for u in range(self.rows):
            for v in range(self.columns):
                for k in range(self.k):
                    e = output_error[u, v, k]
                    dbias[k] += e
                    for a in range(self.m):
                        for b in range(self.n):
                            for c in range(self.d):
                                dweights[a, b, c, k] += e * self.input[u + a, v + b, c]
                                input_error[u + a, v + b, c] += e * self.weights[a, b, c, k]
        for place in np.ndindex(self.weights.shape):
            self.weights[place] -= learning_rate * dweights[place]
        for k in range(self.k):
            self.bias[k] -= learning_rate * dbias[k]
        return input_error


class MaxPoolLayer(Layer):
    def __init__(self, input_shape, pool_shape):
        self.input_shape = input_shape
        self.pool_shape = pool_shape

    def forward_propagation(self, input):
        (i, j, d), (p, q) = self.input_shape, self.pool_shape
        output = np.zeros((i // p, j // q, d))
        self.places = {}
        for u in range(i // p):
            for v in range(j // q):
                for c in range(d):
                    best = (u * p, v * q, c)
                    for a in range(p):
                        for b in range(q):
                            if input[u * p + a, v * q + b, c] > input[best]:
                                best = (u * p + a, v * q + b, c)
                    self.places[u, v, c] = best
                    output[u, v, c] = input[best]
        return output

    def backward_propagation(self, output_error, learning_rate):
        input_error = np.zeros(self.input_shape)
        for here, there in self.places.items():
            input_error[there] = output_error[here]
        return input_error


class DropoutLayer(Layer):
    def __init__(self, rate):
        self.rate = rate
        self.training = True

    def forward_propagation(self, input):
        self.factors = np.ones(input.shape)
        if self.training:
            for place in np.ndindex(input.shape):
                self.factors[place] = 0 if np.random.random() < self.rate else 1 / (1 - self.rate)
        return input * self.factors

    def backward_propagation(self, output_error, learning_rate):
        return output_error * self.factors
