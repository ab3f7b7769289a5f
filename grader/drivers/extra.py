"""Looks of an author's own: a program over an exercise's code, judged by its values or by a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from grader.box.program import Expr, Step
from grader.draw import Draw
from grader.drivers.quantity import Quantity
from grader.model import Array

Arrays = Mapping[str, Array]


@dataclass(frozen=True, kw_only=True)
class Extra:
    """A check beside those of the battery, such as a trajectory of several training steps.

    name    the check's, in snake_case
    title   a true sentence about right code
    inputs  recipes for its arguments
    steps   what is done with them
    reads   what is looked at
    other   right values where the student chose one of the exercise's `forms`, given the arguments and the choice
    judge   given the arguments and what was read, what is wrong in one line, "" if nothing is; without it, what was
            read must equal what the reference gives
    """

    name: str
    title: str
    inputs: Mapping[str, Draw]
    steps: Callable[[Mapping[str, Expr]], tuple[Step, ...]]
    reads: tuple[Quantity, ...]
    other: Callable[[Arrays, float], Arrays] | None = None
    judge: Callable[[Arrays, Arrays], str] | None = None
