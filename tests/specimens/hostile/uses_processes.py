# attack: Forks, executes and spawns.
# expect: 100
# prints: refused
import os
import subprocess

class Attack:
    def refused(what):
        try:
            what()
        except OSError:
            return True

    ways = (
        lambda: os.fork(),
        lambda: os.forkpty(),
        lambda: os.execv("/usr/bin/true", ["true"]),
        lambda: os.posix_spawn("/usr/bin/true", ["true"], {}),
        lambda: subprocess.run(["/usr/bin/true"]),
    )
    if [True] * 5 == list(map(refused, ways)):
        print("refused")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
