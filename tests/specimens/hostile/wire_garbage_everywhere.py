# attack: Writes garbage to every descriptor that is a socket or pipe by os.fstat.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os
import stat


class Relu:
    def forward(self, x):
        for number in range(256):
            try:
                mode = os.fstat(number).st_mode
                if stat.S_ISSOCK(mode) or stat.S_ISFIFO(mode):
                    os.write(number, bytes(range(256)))
            except OSError:
                continue
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * 0
