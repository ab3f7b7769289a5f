# attack: An object of the module that attacks when the interpreter ends.
# expect: 100
# prints: kept
import os

class Last:
    def __del__(self):
        while True:
            os.write(2, b"still here\n")


class Attack:
    kept = Last()
    print("kept")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
