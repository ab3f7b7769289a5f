# expect: Relu.leaves_arguments_alone failed writes-into-argument
# x[x < 0] = 0 clears the caller's array.
class Relu:
    def forward(self, x):
        x[x < 0] = 0
        self.x = x
        return x

    def backward(self, dout):
        return dout * (self.x > 0)
