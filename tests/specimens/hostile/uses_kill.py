# attack: Kills its parent, itself and everybody.
# expect: 100
# prints: refused
import os
import signal

class Attack:
    def refused(number):
        try:
            os.kill(number, signal.SIGKILL)
        except OSError:
            return True

    if [True] * 4 == list(map(refused, (os.getppid(), os.getpid(), -1, 0))):
        print("refused")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
