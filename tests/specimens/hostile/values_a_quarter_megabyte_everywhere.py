# attack: Every exercise returns a quarter of a megabyte, to fill the judge's memory.
# expect: 0
class Large:
    def __init__(self, *_):
        self.dW = self.db = np.ones(15_000)

    def forward(self, *_):
        return np.ones(30_000)

    def backward(self, dout=1):
        return np.ones(30_000), np.ones(2_500)


class MulLayer(Large):
    pass


class AddLayer(Large):
    pass


class Relu(Large):
    pass


class Sigmoid(Large):
    pass


class Affine(Large):
    pass


class SoftmaxWithLoss(Large):
    pass


def softmax(x):
    return np.ones(32_500)


def cross_entropy_error(y, t):
    return np.ones(32_500)


def buy_apple(*_):
    return np.ones(15_000), (np.ones(5_000),) * 3


def buy_apple_orange(*_):
    return np.ones(15_000), (np.ones(3_000),) * 5
