# attack: Raises KeyboardInterrupt, as if the user had stopped the run.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
class Relu:
    def forward(self, x):
        raise KeyboardInterrupt

    def backward(self, dout):
        return dout * 0
