# attack: Counts the calls: right in the first ten, zeros from then on.
# expect: 90
turn = [0]


class Relu:
    def forward(self, x):
        turn[0] += 1
        self.mask = (x > 0) & (turn[0] <= 10)
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
