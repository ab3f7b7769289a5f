# attack: Finds the line in /proc/self/fd and writes bytes that are no frame.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os


class Relu:
    def forward(self, x):
        for name in os.listdir("/proc/self/fd"):
            try:
                if os.readlink(f"/proc/self/fd/{name}").startswith("socket:"):
                    os.write(int(name), b"GET / HTTP/1.1\r\n\r\n" * 9)
            except OSError:
                continue
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * 0
