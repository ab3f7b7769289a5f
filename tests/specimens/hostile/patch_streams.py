# attack: Replaces standard output by an object whose flush ends the interpreter.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import sys

class Stream:
    def write(self, *_):
        return 0

    def flush(self):
        raise SystemExit(0)

class Relu:
    def forward(self, x):
        sys.stdout = Stream()
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * 0
