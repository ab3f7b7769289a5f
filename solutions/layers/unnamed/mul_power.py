# expect: MulLayer.forward_matches_reference failed
# One star too many: x to the power of y.
class MulLayer:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x ** y

    def backward(self, dout):
        return dout * self.y, dout * self.x
