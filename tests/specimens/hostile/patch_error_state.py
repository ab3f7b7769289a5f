# attack: Turns every warning of Python and NumPy into an error for what comes after.
# expect: 100
import warnings


class Relu:
    def forward(self, x):
        warnings.resetwarnings()
        warnings.simplefilter("error")
        np.seterr(all="raise")
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
