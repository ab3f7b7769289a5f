# attack: Redirects standard output into the line and prints.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os

import sys


def service():
    """The object of the child that holds the line, found by walking up."""
    frame = sys._getframe()
    while frame is not None:
        owner = frame.f_locals.get("self")
        if type(owner).__name__ == "Service":
            return owner
        frame = frame.f_back
    raise LookupError("no line")

class Relu:
    def forward(self, x):
        os.dup2(service()._channel._descriptor, 1)
        print("score: 100")
        sys.stdout.flush()
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * 0
