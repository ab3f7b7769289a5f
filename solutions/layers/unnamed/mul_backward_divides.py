# expect: MulLayer.dx_matches_reference failed
# expect: MulLayer.dy_matches_reference failed
# Going back is taken for undoing: the gradient is divided by what the input was multiplied with.
class MulLayer:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout):
        return dout / self.y, dout / self.x
