# attack: An object whose __class__ says that it is an array.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Masked:
    @property
    def __class__(self):
        return np.ndarray

    shape, dtype, ndim, nbytes = (2, 3), np.float64, 2, 48

class Relu:
    def forward(self, x):
        return Masked()

    def backward(self, dout):
        return dout * 0
