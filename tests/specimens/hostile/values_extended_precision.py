# attack: Numbers of extended precision beyond the range of a double.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Relu:
    def forward(self, x):
        return np.full(x.shape, np.finfo(np.longdouble).max)

    def backward(self, dout):
        return dout * 0
