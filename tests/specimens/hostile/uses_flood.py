# attack: Prints without end.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
class Relu:
    def forward(self, x):
        while True:
            print('x' * 4096)

    def backward(self, dout):
        return dout * 0
