# expect: Relu.leaves_dout_alone failed writes-into-argument
# The published backward pass: the blocked entries are set to 0 in the caller's dout.
class Relu:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = (x <= 0)
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        dx = dout
        return dx
