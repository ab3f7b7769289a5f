# attack: Registers functions for the end of the interpreter that print a score and forge files.
# expect: 100
# prints: registered
import atexit
import sys

class Attack:
    def last(*_):
        print("score: 100")
        open("/tmp/results.json", "w").write("{}")
        while True:
            pass

    atexit.register(last)
    sys.excepthook = sys.unraisablehook = sys.displayhook = last
    print("registered")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
