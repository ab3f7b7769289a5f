# attack: A result whose __del__ loops for ever.
# expect: 90
# verdict: Relu.forward_matches_reference timed_out
class Last(np.ndarray):
    def __del__(self):
        while True:
            pass

class Relu:
    def forward(self, x):
        return np.maximum(x, 0).view(Last)

    def backward(self, dout):
        return dout * 0
