# expect: MulLayer.forward_matches_reference failed rounded
# np.round leaves one digit behind the point of the product.
class MulLayer:
    def __init__(self):
        self.x = None
        self.y = None

    def forward(self, x, y):
        self.x = x
        self.y = y
        return np.round(x * y, 1)

    def backward(self, dout):
        return dout * self.y, dout * self.x
