# expect: MulLayer.dx_matches_reference failed returns-nothing
# backward keeps the gradients in attributes and hands back nothing.
class MulLayer():
    def __init__(self):
        self.x = self.y = self.dx = self.dy = None

    def forward(self, x, y):
        self.x = x
        self.y = y
        out = self.x * self.y
        return out

    def backward(self, dout):
        self.dx = dout * self.y
        self.dy = dout * self.x
