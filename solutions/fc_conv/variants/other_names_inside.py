# expect: full
# Other names for arguments, lists and helpers; nothing is kept under the names of the base class.
class Network:
    def __init__(self, *stack):
        self.stack = list(stack)

    def add(self, new_layer):
        self.stack += [new_layer]
        return self

    def use(self, cost, cost_slope):
        self.cost, self.cost_slope = cost, cost_slope

    def _through(self, value):
        for part in self.stack:
            value = part.forward_propagation(value)
        return value

    def predict(self, samples):
        return [self._through(sample) for sample in samples]

    def fit(self, samples, targets, rounds, step):
        history = []
        for _ in range(rounds):
            total = 0
            for sample, target in zip(samples, targets):
                guess = self._through(sample)
                total += self.cost(target, guess)
                delta = self.cost_slope(target, guess)
                for part in self.stack[::-1]:
                    delta = part.backward_propagation(delta, step)
            history.append(total / len(samples))
        return history


class ActivationLayer(Layer):
    def __init__(self, shape, f, df):
        self.shape, self.f, self.df = shape, f, df

    def forward_propagation(self, z):
        self.slope = self.df(z)
        return self.f(z)

    def backward_propagation(self, delta, step):
        return delta * self.slope


class FlattenLayer(Layer):
    def __init__(self):
        self.before = None

    def forward_propagation(self, z):
        self.before = z.shape
        return z.reshape(1, z.size)

    def backward_propagation(self, delta, step):
        return delta.reshape(self.before)


class DropoutLayer(Layer):
    def __init__(self, p):
        self.p = p
        self.training = True
        self.kept = 1.0

    def forward_propagation(self, z):
        self.kept = np.random.choice([0.0, 1 / (1 - self.p)], size=z.shape, p=[self.p, 1 - self.p]) if self.training else 1.0
        return z * self.kept

    def backward_propagation(self, delta, step):
        return delta * self.kept
