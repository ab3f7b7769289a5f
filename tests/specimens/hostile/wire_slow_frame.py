# attack: Sends a frame one byte at a time, for ever.
# expect: 90
# verdict: Relu.forward_matches_reference timed_out
import os
import struct
import time

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
        frame = struct.pack(">2sBIHI", b"bg", 14, child._seq, 4096, 1 << 16) + b" " * (1 << 16)
        for byte in frame:
            os.write(child._channel._descriptor, bytes([byte]))
            time.sleep(0.05)

    def backward(self, dout):
        return dout * 0
