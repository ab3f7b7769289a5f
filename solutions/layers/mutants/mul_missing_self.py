# expect: MulLayer.runs crashed missing-self
# forward and backward are methods without self, so that there is one argument too many.
class MulLayer:
    def forward(x, y):
        MulLayer.x = x
        MulLayer.y = y
        return x * y

    def backward(dout):
        return dout * MulLayer.y, dout * MulLayer.x
