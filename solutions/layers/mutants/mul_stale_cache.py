# expect: MulLayer.second_forward_matches_reference failed stale-cache
# The inputs are kept the first time only; a later backward multiplies with those of the first forward.
class MulLayer:
    x = None
    y = None

    def forward(self, x, y):
        if self.x is None:
            self.x = x
            self.y = y
        return x * y

    def backward(self, dout):
        return dout * self.y, dout * self.x
