# attack: Starts threads until there are no more to be had.
# expect: 100
# prints: no more
import threading
import time

class Attack:
    def refused():
        kept = threading.Event()
        try:
            for _ in range(100_000):
                threading.Thread(target=kept.wait).start()
        except RuntimeError:
            kept.set()
            return "no more"

    print(refused())

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
