# attack: A list of complex rows: the real parts are right, the imaginary parts are not.
# expect: 96
# verdict: Relu.forward_matches_reference failed
class Relu:
    def forward(self, x):
        self.mask = x > 0
        return list(np.maximum(x, 0) + 5j)

    def backward(self, dout):
        return dout * self.mask
