"""Flags are raised before a submission's first statement runs, and stand whatever that does."""

from __future__ import annotations

from dataclasses import replace

from grader.sandbox.choose import default_sandbox
from grader.submissions import File, Submission
from tests.layers import layers, reference_with

TAKES_BACK = """
class Relu:
    hosts = [one for one in __import__("gc").get_objects() if type(one).__name__ == "Host"]
    gone = [setattr(one, "noticed", ()) for one in hosts]

    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * (self.x > 0)
"""


def test_a_flag_cannot_be_taken_back() -> None:
    grader = replace(layers(), sandbox=default_sandbox(()))
    report = grader.grade(Submission("s", (File("layers.py", reference_with(TAKES_BACK).encode()),)))
    assert report.score == 100
    assert {flag.id for flag in report.flags} == {"frame-walk"}
