# expect: Sigmoid.dx_matches_reference failed slope-of-output
# The slope, written as a function of x, is evaluated at the output.
class Sigmoid:
    def __init__(self):
        self.out = None

    def _f(self, z):
        return 1 / (1 + np.exp(-z))

    def _slope(self, z):
        return self._f(z) * (1 - self._f(z))

    def forward(self, x):
        self.out = self._f(x)
        return self.out

    def backward(self, dout):
        return dout * self._slope(self.out)
