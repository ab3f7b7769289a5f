# attack: Changes locale, decimal context, print options and the seed of the global generator.
# expect: 100
import decimal
import locale
import random


class Relu:
    def forward(self, x):
        locale.setlocale(locale.LC_ALL, "C")
        decimal.getcontext().prec = 1
        np.set_printoptions(precision=0, threshold=0)
        np.random.seed(0)
        random.seed(0)
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
