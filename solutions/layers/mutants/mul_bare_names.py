# expect: MulLayer.runs crashed misspelt-name
# backward reads x and y without self.
class MulLayer:
    def forward(self, x, y):
        self.x = x
        self.y = y
        return x * y

    def backward(self, dout):
        return dout * y, dout * x
