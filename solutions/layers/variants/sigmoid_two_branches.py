# expect: full
# A separate formula for negative inputs, and the slope computed anew from the kept input.
class Sigmoid:
    def __init__(self):
        self.x = None

    @staticmethod
    def function(x):
        out = np.empty_like(x, dtype=np.float64)
        positive = x >= 0
        out[positive] = 1 / (1 + np.exp(-x[positive]))
        z = np.exp(x[~positive])
        out[~positive] = z / (1 + z)
        return out

    def forward(self, x):
        self.x = x.copy()
        return self.function(x)

    def backward(self, dout):
        return dout * self.function(self.x) * self.function(-self.x)
