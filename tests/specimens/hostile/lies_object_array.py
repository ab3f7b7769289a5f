# attack: An array of objects that return something else at every float().
# expect: 90
# verdict: Relu.forward_matches_reference failed
class Dice:
    turn = 0.0

    def __float__(self):
        Dice.turn += 1
        return Dice.turn

class Relu:
    def forward(self, x):
        found = np.empty(x.shape, dtype=object)
        found[...] = Dice()
        return found

    def backward(self, dout):
        return dout * 0
