# expect: Relu.second_forward_matches_reference failed stale-cache
# The mask is drawn up at the first forward and never again.
class Relu:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        if self.mask is None:
            self.mask = x > 0
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * self.mask
