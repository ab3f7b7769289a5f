# attack: Fills the disk below /tmp.
# expect: 100
# prints: full
import os

class Attack:
    try:
        for number in range(64):
            with open(f"/tmp/{number}", "wb") as file:
                file.write(bytes(1 << 20))
    except OSError:
        print("full")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
