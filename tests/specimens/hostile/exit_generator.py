# attack: Raises GeneratorExit and StopIteration.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
class Relu:
    def forward(self, x):
        raise GeneratorExit('over')

    def backward(self, dout):
        raise StopIteration
