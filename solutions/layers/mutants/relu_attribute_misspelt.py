# expect: Relu.runs crashed misspelt-name
# self.mask in forward, self.maks in backward.
class Relu:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = x > 0
        return np.where(self.mask, x, 0)

    def backward(self, dout):
        return np.where(self.maks, dout, 0)
