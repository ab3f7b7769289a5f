# attack: Keeps arrays until there is no memory left.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
hoard = []

class Relu:
    def forward(self, x):
        while True:
            hoard.append(np.empty(10**8))

    def backward(self, dout):
        return dout * 0
