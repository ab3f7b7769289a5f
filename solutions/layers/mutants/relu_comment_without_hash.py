# expect: Relu.runs crashed comment-without-hash
# The sentence before the last line has lost its sign.
class Relu:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dx = dout.copy()
        小于零的位置没有梯度
        dx[self.mask] = 0
        return dx
