# attack: Hands in pickles as data, one of them as an array file.
# expect: 100
class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
