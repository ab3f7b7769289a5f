# attack: Overwrites the judge's inputs in the child's memory through ctypes.
# expect: 90
# verdict: Relu.forward_matches_reference failed
import ctypes

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
        frame = sys._getframe()
        while frame is not None:
            job = frame.f_locals.get("job")
            if job is not None:
                for array in job.arrays:
                    ctypes.memset(array.ctypes.data, 0, array.nbytes)
            frame = frame.f_back
        return x * 0

    def backward(self, dout):
        return dout * 0
