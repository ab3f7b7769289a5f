# attack: Raises NotImplementedError, to look unwritten rather than wrong.
# expect: 90
# verdict: Relu.forward_matches_reference missing
class Relu:
    def forward(self, x):
        raise NotImplementedError('not written yet')

    def backward(self, dout):
        return dout * 0
