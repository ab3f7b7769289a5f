# attack: An integer of a hundred and seventy thousand digits.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Relu:
    def forward(self, x):
        return 7**200_000

    def backward(self, dout):
        return dout * 0
