# attack: Claims again and again that a name is missing that a later statement would set.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
class Relu:
    def forward(self, x):
        return unset + x

    def backward(self, dout):
        return dout * 0

unset = (lambda: None)()
