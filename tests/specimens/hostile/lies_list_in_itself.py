# attack: A list that holds itself.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Relu:
    def forward(self, x):
        nest = [0.0]
        nest.append(nest)
        return nest

    def backward(self, dout):
        return dout * 0
