# attack: Announces a frame of four gigabytes.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os
import struct

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
        child = service()
        os.write(child._channel._descriptor, struct.pack(">2sBIHI", b"bg", 14, child._seq, 65535, 2**32 - 1))
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * 0
