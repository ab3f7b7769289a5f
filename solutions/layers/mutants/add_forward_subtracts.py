# expect: AddLayer.forward_matches_reference failed
# The node subtracts.
class AddLayer:
    def forward(self, x, y):
        return x - y

    def backward(self, dout):
        dx = dout * 1
        dy = dout * 1
        return dx, dy
