# attack: Calls itself without end.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
class Relu:
    def forward(self, x):
        return self.forward(x)

    def backward(self, dout):
        return dout * 0
