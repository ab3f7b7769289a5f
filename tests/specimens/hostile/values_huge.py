# attack: The largest floating-point numbers, with alternating signs.
# expect: 90
# verdict: Relu.forward_matches_reference failed
def largest(like):
    return np.where(np.arange(like.size) % 2, 1.0, -1.0).reshape(like.shape) * np.finfo(float).max


class Relu:
    def forward(self, x):
        self.turn = getattr(self, "turn", 0) + 1
        return largest(x)

    def backward(self, dout):
        self.turn = getattr(self, "turn", 0) + 1
        return largest(dout) * (-1) ** self.turn
