# attack: Sends NaN and huge numbers where counts belong.
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
        header, body = b'[[NaN,["v",["n"]]],[99999999999999999999,["v",["n"]]]]', b""
        prefix = struct.pack(">2sBIHI", b"bg", 14, child._seq, len(header), len(body))
        os.write(child._channel._descriptor, prefix + header + body)
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * 0
