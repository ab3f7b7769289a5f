# expect: MulLayer.dx_matches_reference failed
# expect: MulLayer.dy_matches_reference failed
# Both inputs get the sum of the two partial derivatives.
class MulLayer:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout):
        both = dout * self.y + dout * self.x
        return both, both
