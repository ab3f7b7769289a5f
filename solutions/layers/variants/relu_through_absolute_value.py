# expect: full
# ReLU as (x + |x|) / 2, its slope as (1 + sign(x)) / 2.
class Relu:
    def forward(self, x):
        self.slope = (1 + np.sign(x)) / 2
        return (x + np.abs(x)) / 2

    def backward(self, dout):
        return self.slope * dout
