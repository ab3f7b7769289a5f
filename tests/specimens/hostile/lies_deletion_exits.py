# attack: A result whose __del__ ends the process.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os

class Last(np.ndarray):
    def __del__(self):
        os._exit(0)

class Relu:
    def forward(self, x):
        return np.maximum(x, 0).view(Last)

    def backward(self, dout):
        return dout * 0
