# expect: MulLayer.dx_matches_reference failed
# expect: MulLayer.dy_matches_reference failed
# dout is added to the local derivative, where it should be multiplied with it.
class MulLayer:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout):
        return dout + self.y, dout + self.x
