# attack: Returns the caller's array and goes on editing earlier results.
# expect: 90
# verdict: Relu.forward_matches_reference failed
given = []


class Relu:
    def forward(self, x):
        given.append(x)
        return x

    def backward(self, dout):
        for x in given:
            np.maximum(x, 0, out=x)
        dout[...] = 1
        return dout
