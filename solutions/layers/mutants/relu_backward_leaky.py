# expect: Relu.dx_matches_reference failed leaky-slope
# Blocked entries get the slope 0.01 of a leaky ReLU.
class Relu:
    def __init__(self):
        self.x = None

    def forward(self, x):
        self.x = x
        return x * (x > 0)

    def backward(self, dout):
        slope = np.ones_like(self.x)
        slope[self.x <= 0] = 0.01
        return dout * slope
