# expect: Sigmoid.runs crashed
# math.exp takes one number, not an array.
import math


class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + math.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)
