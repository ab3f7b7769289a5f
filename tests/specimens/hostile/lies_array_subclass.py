# attack: An array of zeros whose class says that it equals everything.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Liar(np.ndarray):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __sub__(self, other):
        return np.zeros(1)

    __rsub__ = __sub__

    def __array_ufunc__(self, *_, **__):
        return np.array(True)

    def __array_function__(self, *_, **__):
        return True

    def tobytes(self, *_):
        return b""

    def __array__(self, *_, **__):
        return np.full(self.shape, np.nan)

class Relu:
    def forward(self, x):
        return np.zeros(x.shape).view(Liar)

    def backward(self, dout):
        return dout * 0
