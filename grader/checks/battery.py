"""Which checks an exercise gets, in the order in which they are asked and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from grader.checks import gradients, presence, values
from grader.checks.judgement import Judgement
from grader.checks.probes import probes_of
from grader.checks.record import Record
from grader.drivers import Exercise, Quantity
from grader.errors import AssignmentError
from grader.language import _


@dataclass(frozen=True)
class Check:
    """One judgement of an exercise.

    `name` is a snake_case identifier, `title` a true sentence about right code. `points` are 0 for what is only
    shown; `advice` marks what is shown as advice. `quantity` is the one whose values it judges, if it judges one.
    """

    name: str
    title: str
    judge: Callable[[Record], Judgement]
    points: float = 0.0
    advice: bool = False
    quantity: Quantity | None = None


def battery(exercise: Exercise) -> tuple[Check, ...]:
    """All checks of an exercise with their points.

    Raises AssignmentError where the author gives points, a title or a waiver to a check that does not exist.
    """
    found = list(_checks(exercise))
    names = {check.name for check in found}
    shares = {_full_name(exercise, key): points for key, points in exercise.shares.items()}
    for asked in (*shares, *exercise.waive, *exercise.titles):
        if asked not in names:
            raise AssignmentError(
                f"{exercise.name} has no check {asked!r}; it has {', '.join(sorted(names))}"
            )
    return tuple(
        Check(
            check.name,
            _(exercise.titles.get(check.name, check.title)),
            check.judge,
            shares.get(check.name, 0.0),
            check.advice and not shares.get(check.name),
            check.quantity,
        )
        for check in found
    )


def _full_name(exercise: Exercise, key: str) -> str:
    return value_check(key) if any(q.name == key for q in exercise.quantities) else key


def value_check(quantity: str) -> str:
    """The name of the check of a quantity's values: ``dw_matches_reference`` for dW."""
    return f"{quantity.lower()}_matches_reference"


def _checks(exercise: Exercise) -> Iterator[Check]:
    name = exercise.name
    yield Check("is_defined", _("{name} is defined").format(name=name), presence.is_defined)
    yield Check(
        "has_interface", _("{name} can be called as agreed").format(name=name), presence.has_interface
    )
    yield Check("runs", _("{name} runs without an error").format(name=name), presence.runs)
    yield Check("has_right_shapes", _("All results have the right shapes"), presence.has_right_shapes)
    yield Check("is_finite", _("All results are finite numbers"), presence.is_finite)
    for quantity in exercise.quantities:
        yield Check(
            value_check(quantity.name),
            _value_title(exercise, quantity),
            partial(values.matches_reference, quantity=quantity),
            quantity=quantity,
        )
    for quantity in exercise.gradients:
        yield Check(
            f"{quantity.name.lower()}_agrees_with_differences",
            _("{name} agrees with the slope of your own forward").format(name=quantity.name),
            partial(gradients.agrees_with_differences, quantity=quantity),
        )
    for probe in probes_of(exercise):
        yield Check(probe.name, _(probe.title), probe.ask, advice=probe.advice)


def _value_title(exercise: Exercise, quantity: Quantity) -> str:
    if quantity.name == "forward":
        return _("forward gives the right values")
    if quantity.name == "value":
        return _("{name} gives the right values").format(name=exercise.name)
    if quantity.of:
        return _("{name} is the right gradient of {of}").format(name=quantity.name, of=quantity.of)
    return _("{name} is right").format(name=quantity.name)
