# attack: Installs an error callback of NumPy that ends the process at the next division.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os


class Relu:
    def forward(self, x):
        np.seterrcall(lambda *_: os._exit(0))
        np.seterr(all="call")
        np.ones(1) / np.zeros(1)
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * 0
