# attack: A thread answers while the call that started it is still running.
# expect: 90
# verdict: Relu.forward_matches_reference crashed
import os
import threading
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
        line = service()._channel._descriptor
        thread = threading.Thread(target=os.write, args=(line, b"too late" * 9))
        thread.start()
        thread.join()
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * 0
