# attack: Asks for an array of eight terabytes.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
class Relu:
    def forward(self, x):
        return np.ones(10**12)

    def backward(self, dout):
        return dout * 0
