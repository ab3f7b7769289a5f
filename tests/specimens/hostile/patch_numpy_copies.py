# attack: Patches the stacking and reading of arrays in the child to give NaN.
# expect: 100
np.stack = lambda *_, **__: np.nan
np.testing = np.linalg = np.random = None

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
