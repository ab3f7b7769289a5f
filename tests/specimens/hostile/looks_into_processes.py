# attack: Reads memory, environment and descriptors of all processes that it sees.
# expect: 100
# prints: mem refused
import os

class Attack:
    for number in {*range(1, 40), os.getppid()} - {os.getpid()}:
        for name in ("environ", "mem", "maps", "cmdline"):
            try:
                with open(f"/proc/{number}/{name}", "rb") as file:
                    print(name, len(file.read(64)))
            except OSError:
                print(name, "refused")
    print(sorted(set(os.environ) - {"LC_CTYPE"}))

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
