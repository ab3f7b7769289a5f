# attack: Eats all memory while it is loaded, and hides the error.
# expect: 100
# prints: full
class Attack:
    hoard = []
    try:
        while True:
            hoard.append(np.empty(10**7))
    except MemoryError:
        del hoard
        print("full")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
