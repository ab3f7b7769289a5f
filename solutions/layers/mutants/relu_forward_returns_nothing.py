# expect: Relu.forward_matches_reference failed returns-nothing
# forward changes a copy and returns nothing.
class Relu:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = (x <= 0)
        out = x.copy()
        out[self.mask] = 0

    def backward(self, dout):
        dx = dout.copy()
        dx[self.mask] = 0
        return dx
