# attack: Each call returns another type of number.
# expect: 90
# verdict: Relu.forward_matches_reference failed
turn = [0]
kinds = ["?", "i1", "u8", "f2", "f4", "c8", "M8[s]", "S3", "O"]


class Relu:
    def forward(self, x):
        turn[0] += 1
        return np.zeros(x.shape, kinds[turn[0] % len(kinds)])

    def backward(self, dout):
        turn[0] += 1
        return np.ones(dout.shape, kinds[turn[0] % len(kinds)])
