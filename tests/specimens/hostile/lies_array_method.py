# attack: An object that turns into another array at every conversion.
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Turning:
    turn = 0

    def __array__(self, *_, **__):
        Turning.turn += 1
        return np.full(3, float(Turning.turn))

class Relu:
    def forward(self, x):
        return Turning()

    def backward(self, dout):
        return dout * 0
