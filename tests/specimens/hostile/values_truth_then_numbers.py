# attack: Its backward gives truth values at first and numbers when it is called again.
# expect: 94
# verdict: Relu.dx_matches_reference failed
class Relu:
    def forward(self, x):
        self.mask = x > 0
        self.calls = 0
        return x * self.mask

    def backward(self, dout):
        self.calls += 1
        return dout * self.mask if self.calls > 1 else dout > 0
