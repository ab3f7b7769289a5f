# expect: Relu.forward_matches_reference failed
# The smooth relative of the rectifier, log(1 + exp(x)), with the rectifier's backward pass.
class Relu:
    def forward(self, x):
        self.mask = x > 0
        return np.log(1 + np.exp(x))

    def backward(self, dout):
        return dout * self.mask
