# expect: Relu.forward_matches_reference failed
# expect: Relu.dx_matches_reference failed
# There is one gate a sample: the whole row passes when its sum is positive.
class Relu:
    def forward(self, x):
        self.open = np.sum(x, axis=-1, keepdims=True) > 0
        return np.where(self.open, x, 0)

    def backward(self, dout):
        return np.where(self.open, dout, 0)
