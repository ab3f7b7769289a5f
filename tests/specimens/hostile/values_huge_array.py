# attack: A result of two hundred megabytes.
# expect: 90
class Relu:
    def forward(self, x):
        return np.zeros(25_000_000)

    def backward(self, dout):
        return dout * 0
