# attack: Finds the line by walking frames and sends a reply of its own before the real one.
# expect: 90
# verdict: Relu.forward_matches_reference failed
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

import os


class Relu:
    def forward(self, x):
        child = service()
        header = b'[[1,["v",["a","f8",[1]]]],[2,["v",["a","f8",[1]]]]]'
        body = struct.pack("<dd", 1.0, 1.0)
        frame = struct.pack(">2sBIHI", b"bg", 14, child._seq, len(header), len(body)) + header + body
        os.write(child._channel._descriptor, frame)
        return x * 0

    def backward(self, dout):
        return dout * 0
