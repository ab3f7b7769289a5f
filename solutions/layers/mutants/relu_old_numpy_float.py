# expect: Relu.runs crashed misspelt-name
# np.float went with numpy 1.24.
class Relu:
    def forward(self, x):
        self.mask = (x > 0).astype(np.float)
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
