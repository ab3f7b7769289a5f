"""A finding points at the line that the student has to look at."""

from __future__ import annotations

import pytest

from grader.model import Report
from tests.layers import check, grade, reference_with

AFFINE = """
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(len(x), -1)
        out = self.x @ self.W + self.b
        return out

    def backward(self, dout):
        dx = dout @ self.W.T
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dx.reshape(self.shape)
"""
RELU = """
class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dx = dout
        dx[self.mask] = 0
        return dx
"""
ADD = """
class AddLayer:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        if not dout:
            return 0, 0
        return (dout,
                2 * dout)
"""


def line(report: Report, name: str, text: str) -> str:
    """The text of the line at which a check points."""
    place = check(report, name).place
    assert place is not None
    return text.splitlines()[place.line - 1].strip()


def graded(own: str) -> tuple[Report, str]:
    return grade(own), reference_with(own)


@pytest.mark.parametrize(
    ("old", "new", "name", "wanted"),
    [
        (
            "dout.sum(axis=0)",
            "dout.mean(axis=0)",
            "Affine.db_matches_reference",
            "self.db = dout.mean(axis=0)",
        ),
        ("self.x.T @ dout", "-self.x.T @ dout", "Affine.dw_matches_reference", "self.dW = -self.x.T @ dout"),
        (
            "dout @ self.W.T",
            "-dout @ self.W.T",
            "Affine.dx_matches_reference",
            "return dx.reshape(self.shape)",
        ),
        ("+ self.b", "- self.b", "Affine.forward_matches_reference", "return out"),
        ("self.db = dout", "self.bias = dout", "Affine.db_matches_reference", "def backward(self, dout):"),
        ("dx = dout @", "dx = self.lost + dout @", "Affine.runs", "dx = self.lost + dout @ self.W.T"),
    ],
)
def test_a_finding_points_at_the_assignment_or_the_return(old: str, new: str, name: str, wanted: str) -> None:
    assert old in AFFINE
    report, text = graded(AFFINE.replace(old, new))
    assert line(report, name, text) == wanted


def test_the_last_return_counts() -> None:
    report, text = graded(ADD)
    assert line(report, "AddLayer.dy_matches_reference", text) == "return (dout,"


def test_the_line_that_writes_into_an_argument_is_shown() -> None:
    report, text = graded(RELU)
    assert line(report, "Relu.leaves_dout_alone", text) == "dx[self.mask] = 0"
    own = RELU.replace("out = x.copy()", "out = x").replace("dx = dout", "dx = dout.copy()")
    report, text = graded(own)
    assert line(report, "Relu.leaves_arguments_alone", text) == "out[self.mask] = 0"


def test_where_the_line_is_not_known_it_is_that_of_the_method() -> None:
    # Only an array that can be written into is: a read-only one shows nothing.
    own = RELU.replace(
        "        dx[self.mask] = 0", "        if dx.flags.writeable:\n            dx[self.mask] = 0"
    )
    report, text = graded(own)
    assert line(report, "Relu.leaves_dout_alone", text) in ("def backward(self, dout):", "return dx")
