# attack: Writes into site-packages, its own folder and the grader's package.
# expect: 100
# prints: refused 5
import os

class Attack:
    refused = 0
    for folder in (os.path.dirname(os.path.dirname(np.__file__)), "/sub", "/judge", "/judge/grader_box", "/usr"):
        try:
            open(folder + "/sitecustomize.py", "w")
        except OSError:
            refused += 1
    print("refused", refused)

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
