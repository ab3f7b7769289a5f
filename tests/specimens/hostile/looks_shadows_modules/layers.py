# attack: Hands in files that are named like modules of the child.
# expect: 100
class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
