# expect: AddLayer.dx_matches_reference failed
# expect: AddLayer.dy_matches_reference failed
# The gradient is shared out: each input gets as much of it as it holds of the sum.
class AddLayer:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x + y

    def backward(self, dout):
        total = self.x + self.y
        return dout * self.x / total, dout * self.y / total
