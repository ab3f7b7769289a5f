"""What a submission is asked: as much as it takes to judge it, and no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from grader.checks.record import CASE
from grader.drivers import Case, Exercise
from grader.key import Key
from grader.model import Verdict
from tests.layers import check, grade, layers

T = TypeVar("T")

WRONG_BACK = """
class Relu:
    def forward(self, x):
        self.mask = x > 0
        return np.where(self.mask, x, 0.0)
    def backward(self, dout):
        return np.where(self.mask, dout, {blocked})
"""
ROUGH = """
class Relu:
    def forward(self, x):
        self.mask = x > 0
        return np.where(self.mask, x + 2e-8 * np.sin(1e7 * x), 0.0)
    def backward(self, dout):
        return np.where(self.mask, dout, 0.0)
"""
RAISING = """
class Relu:
    def forward(self, x):
        first = np.array(FIRST)
        if x.shape == first.shape and 0 < np.abs(x - first).max() < 1e-3:
            raise ValueError("no such input")
        self.mask = x > 0
        return np.where(self.mask, x, 0.0)
    def backward(self, dout):
        return np.where(self.mask, dout, 0.0)
"""


@pytest.fixture
def stepped(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """How each exercise is stepped along: by a few ``directions``, or each element by ``differences``."""
    found: list[tuple[str, str]] = []
    for how in ("directions", "differences"):
        monkeypatch.setattr(Key, how, noting(found, how, getattr(Key, how)))
    return found


def noting(found: list[tuple[str, str]], how: str, real: Callable[..., T]) -> Callable[..., T]:
    def noted(key: Key, exercise: Exercise, case: Case, h: float) -> T:
        found.append((exercise.name, how))
        return real(key, exercise, case, h)

    return noted


def test_right_gradients_are_confirmed_by_a_few_directions(stepped: list[tuple[str, str]]) -> None:
    report = grade("")
    assert report.score == 100
    differentiable = [one.name for one in layers().assignment.exercises if one.gradients]
    assert stepped == [(name, "directions") for name in differentiable]
    agrees = [one for result in report.exercises for one in result.checks if "differences" in one.name]
    assert len(agrees) == sum(len(one.gradients) for one in layers().assignment.exercises)
    assert {one.verdict for one in agrees} == {Verdict.PASSED}


@pytest.mark.parametrize("blocked", ["0.01 * dout", "1e-5 * dout"])
def test_along_a_wrong_gradient_each_element_is_stepped(blocked: str, stepped: list[tuple[str, str]]) -> None:
    report = grade(WRONG_BACK.format(blocked=blocked))
    assert [how for name, how in stepped if name == "Relu"] == ["differences"]
    found = check(report, "Relu.dx_agrees_with_differences")
    assert found.verdict is Verdict.FAILED
    assert found.finding is not None
    assert " of " in found.finding.message


def test_a_forward_without_the_slopes_of_its_gradient_is_seen(stepped: list[tuple[str, str]]) -> None:
    report = grade(ROUGH)
    assert check(report, "Relu.forward_matches_reference").verdict is Verdict.PASSED
    assert check(report, "Relu.dx_matches_reference").verdict is Verdict.PASSED
    assert check(report, "Relu.dx_agrees_with_differences").verdict is Verdict.FAILED
    assert [how for name, how in stepped if name == "Relu"] == ["directions", "differences"]


def test_a_forward_that_raises_beside_the_case_is_not_asked_for_each_element(
    stepped: list[tuple[str, str]],
) -> None:
    asks = [entry.ask for entry in layers().key.public["Relu"] if entry.ask.tag == CASE]
    first = min((ask.case for ask in asks), key=lambda case: case.size).arrays["x"]
    report = grade(RAISING.replace("FIRST", repr(first.tolist())))
    assert check(report, "Relu.dx_matches_reference").verdict is Verdict.PASSED
    found = check(report, "Relu.dx_agrees_with_differences")
    assert found.verdict is Verdict.CRASHED
    assert found.finding is not None
    assert "no such input" in found.finding.message
    assert [how for name, how in stepped if name == "Relu"] == ["directions"]
