# attack: Arrays without a single number.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Relu:
    def forward(self, x):
        return x[:0]

    def backward(self, dout):
        return dout[:, :0]
