# attack: Infinities of both signs.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Relu:
    def forward(self, x):
        return x * np.inf

    def backward(self, dout):
        return dout * -np.inf
