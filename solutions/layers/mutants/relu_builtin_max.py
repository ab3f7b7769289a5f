# expect: Relu.runs crashed
# The built-in max compares whole arrays, whose truth value is ambiguous.
class Relu:
    def forward(self, x):
        self.x = x
        return max(0, x)

    def backward(self, dout):
        return dout * (self.x > 0)
