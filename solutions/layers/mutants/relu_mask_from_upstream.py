# expect: Relu.dx_matches_reference failed mask-from-upstream
# The sign of dout is tested, where the sign of x counts.
class Relu:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, dout):
        dx = np.array(dout)
        dx[dout <= 0] = 0
        return dx
