# attack: A generator that never ends, in place of an array.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Relu:
    def forward(self, x):
        return (n for n in iter(int, 1))

    def backward(self, dout):
        return dout * 0
