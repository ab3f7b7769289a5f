# expect: MulLayer.dx_matches_reference failed constant-for-variable
# A slip of the pen: self.y = x, so that both gradients are multiplied with x.
class MulLayer:
    def __init__(self):
        self.x = None
        self.y = None

    def forward(self, x, y):
        self.x = x
        self.y = x
        return x * y

    def backward(self, dout):
        dx = dout * self.y
        dy = dout * self.x
        return dx, dy
