# attack: Every exercise returns a megabyte, to fill the judge's memory.
# expect: 0
class Megabyte:
    def __init__(self, *_):
        self.dW = self.db = np.ones(60_000)

    def forward(self, *_):
        return np.ones(120_000)

    def backward(self, dout=1):
        return np.ones(120_000), np.ones(10_000)


class MulLayer(Megabyte):
    pass


class AddLayer(Megabyte):
    pass


class Relu(Megabyte):
    pass


class Sigmoid(Megabyte):
    pass


class Affine(Megabyte):
    pass


class SoftmaxWithLoss(Megabyte):
    pass


def softmax(x):
    return np.ones(130_000)


def cross_entropy_error(y, t):
    return np.ones(130_000)


def buy_apple(*_):
    return np.ones(60_000), (np.ones(20_000),) * 3


def buy_apple_orange(*_):
    return np.ones(60_000), (np.ones(12_000),) * 5
