"""Looks of an author's own: a program over an exercise's code, judged by its values or by a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from grader.box.program import Expr, Step
from grader.draw import Draw
from grader.drivers.forms import Form
from grader.drivers.quantity import Quantity
from grader.language import Text
from grader.model import Array

Arrays = Mapping[str, Array]
Other = Callable[[Arrays, Arrays, Arrays, tuple[Form, ...]], tuple[Arrays, Text] | None]


@dataclass(frozen=True, kw_only=True)
class Extra:
    """A check beside those of the battery, such as a trajectory of several training steps.

    name    the check's, in snake_case
    title   a true sentence about right code
    inputs  recipes for its arguments
    steps   what is done with them
    reads   what is looked at
    of      the quantities that are judged, all that is read by default
    rests_on  quantities of the exercise without which it cannot be right: where some of them, and not most, are wrong
            in a way that has a name, it is waived
    other   right values under another allowed choice and a note on it, given the arguments, the reference's values,
            what was read and the forms that explain the ordinary cases; None where it does not apply
    partly  whether `other` stayed with the instructor: values that differ from the reference's are then not judged
    judge   given the arguments and what was read, what is wrong in one line, "" if nothing is, perhaps with the id of
            the mistake where it is known; without it, what was read must equal what the reference gives
    mistakes  given the arguments, what known mistakes lead to: pairs of an id of the catalogue and what would be read
    """

    name: str
    title: Text
    inputs: Mapping[str, Draw]
    steps: Callable[[Mapping[str, Expr]], tuple[Step, ...]]
    reads: tuple[Quantity, ...]
    of: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    other: Other | None = None
    partly: bool = False
    judge: Callable[[Arrays, Arrays], Text | tuple[Text, str]] | None = None
    mistakes: Callable[[Arrays], Iterable[tuple[str, Arrays]]] | None = None
