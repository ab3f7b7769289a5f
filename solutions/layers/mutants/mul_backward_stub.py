# expect: MulLayer.dx_matches_reference missing
# forward is right, backward is not written yet.
class MulLayer:
    def forward(self, x, y):
        self.x = x
        self.y = y
        return x * y

    def backward(self, dout):
        raise NotImplementedError("todo")
