# attack: Fills /dev/shm and anonymous files, which no limit of the address space counts.
# expect: 100
# prints: refused
import os

class Attack:
    for make in (lambda: os.open("/dev/shm/evil", os.O_CREAT | os.O_RDWR), lambda: os.memfd_create("evil")):
        try:
            make()
        except OSError:
            print("refused")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
