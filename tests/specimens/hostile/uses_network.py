# attack: Opens sockets of every family.
# expect: 100
# prints: refused
import socket

class Attack:
    def refused(family):
        try:
            socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            return True

    families = (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, socket.AF_VSOCK)
    if [True] * 5 == list(map(refused, families)):
        print("refused")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
