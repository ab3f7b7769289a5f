# attack: Closes the line and goes on sleeping.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os
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
        os.close(service()._channel._descriptor)
        time.sleep(60)

    def backward(self, dout):
        return dout * 0
