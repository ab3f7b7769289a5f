"""All that was seen of one exercise, beside what should have been seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from grader.box.program import Definition, Place
from grader.checks.seen import Seen
from grader.drivers import Case, Exercise, Quantity
from grader.drivers.forms import Form
from grader.model import Array
from grader.numeric import closeness

CASE = "case"
"""The tag of ordinary cases; other trials have the name of their probe."""

HELD = ("leaves_arguments_alone", "leaves_dout_alone")
"""The probes that look at arguments again when all is done."""

AGAIN = " again"
AFTER = " after"
"""Marks behind names: of what is given or seen a second time, and of an argument when all is done."""


@dataclass(frozen=True, eq=False)
class Trial:
    """One ask: the student's quantities and the reference's, by name. Trials are told apart as objects."""

    tag: str
    case: Case
    got: Mapping[str, Seen]
    wanted: Mapping[str, Array]

    @cached_property
    def is_right(self) -> bool:
        """Whether all that was seen is the same as the reference's."""
        return all(_is_same(self.got[name], wanted) for name, wanted in self.wanted.items())

    @cached_property
    def changed(self) -> Sequence[str]:
        """The arguments that are not what they were, where that was looked at."""
        arguments = self.case.arrays.items() if self.tag in HELD else ()
        after = [(name, before, self.got.get(name)) for name, before in arguments]
        return [
            name for name, old, new in after if isinstance(new, np.ndarray) and not np.array_equal(old, new)
        ]


def _is_same(got: Seen, wanted: Array) -> bool:
    return (
        isinstance(got, np.ndarray)
        and got.shape == wanted.shape
        and closeness.error(got.astype(np.float64), wanted) <= closeness.SAME
    )


@dataclass(frozen=True)
class Record:
    """One exercise of one submission.

    `definitions` say where what it consists of was found, in the order of `Exercise.sought`.
    `slopes` are the central differences of the student's own forward at the first public case, by the name of the
    gradient, or the gradient itself where a few of them confirmed it; `lent` says that parts of the reference stood in
    for the student's, so that nothing but facts may be told. `writes` are the lines that write into an argument, by its
    name, as far as they are known. `answers` are the replies from which all of this was read. `matches` keeps what
    `grader.checks.values` has found.
    """

    exercise: Exercise
    definitions: Sequence[Definition]
    trials: Sequence[Trial]
    slopes: Mapping[str, Seen] = field(default_factory=dict)
    slope_tolerance: float = 0.0
    lent: tuple[str, ...] = ()
    writes: Mapping[str, Place] = field(default_factory=dict)
    answers: Sequence[object] = ()
    matches: dict[tuple[Quantity, str], Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Other right forms that explain all ordinary cases."""
        return tuple(form for fit in self.exercise.forms if (form := fit(self._arrays())) is not None)

    @cached_property
    def errata(self) -> tuple[Form, ...]:
        """Known wrong forms that explain all results of all ordinary cases."""
        return tuple(form for form in self.exercise.errata if self._explained(form))

    def _arrays(self) -> list[tuple[Mapping[str, Array], Mapping[str, Array]]]:
        return [
            (trial.case.arrays, {name: one for name, one in trial.got.items() if isinstance(one, np.ndarray)})
            for trial in self.of(CASE)
        ]

    def _explained(self, form: Form) -> bool:
        return all(
            name in got
            and got[name].shape == one.shape
            and closeness.error(got[name].astype(np.float64), one) <= closeness.ROUGH
            for arrays, got in self._arrays()
            for name, one in form.values(arrays).items()
        )

    @property
    def definition(self) -> Definition:
        """Where the exercise was found."""
        return self.definitions[0]

    def of(self, tag: str) -> list[Trial]:
        """The trials of one kind: public ones first, the smallest first.

        Raises LookupError when there are none: a check without trials must not pass.
        """
        if tag not in self._by_tag:
            raise LookupError(f"{self.exercise.name} has no trials of {tag}")
        return self._by_tag[tag]

    @cached_property
    def seen(self) -> Sequence[tuple[Trial, Quantity, Seen]]:
        """What was seen of every quantity in the ordinary cases."""
        quantities = self.exercise.quantities
        return [
            (trial, quantity, trial.got[quantity.name]) for trial in self.of(CASE) for quantity in quantities
        ]

    @cached_property
    def _by_tag(self) -> Mapping[str, list[Trial]]:
        found: dict[str, list[Trial]] = {}
        for trial in sorted(self.trials, key=lambda trial: (not trial.case.public, trial.case.size)):
            found.setdefault(trial.tag, []).append(trial)
        return found

    @property
    def changed(self) -> Mapping[str, Trial]:
        """The arguments that were written into, each with the first public trial that shows it."""
        found: dict[str, Trial] = {}
        for trial in self.trials:
            for name in trial.changed if trial.case.public else ():
                found.setdefault(name, trial)
        return found

    def why_not(self, quantity: Quantity | None) -> str:
        """Why the function behind a quantity was not found, "" where it was or where that is not known."""
        where = quantity.where if quantity else ""
        return next(
            (one.why_not for one in self.definitions if one.exercise == where and not one.found_as), ""
        )

    def source(self, quantity: Quantity | None) -> tuple[Definition, str]:
        """The definition that produces the quantity, and what stands before the marks of that in its `places`."""
        where = quantity.where if quantity else ""
        own = next((one for one in self.definitions if one.exercise == where), None)
        return (self.definition, f"{where} " if where else "") if own is None else (own, "")

    def place(self, quantity: Quantity | None) -> Place | None:
        """The line that produces the quantity: of its attribute, or the return; else where that is defined.

        Of an argument that is looked at afterwards, it is the line that writes into it.
        """
        if quantity and quantity.step == quantity.name + AFTER and quantity.name in self.writes:
            return self.writes[quantity.name]
        definition, prefix = self.source(quantity)
        places = definition.places
        attributes = self.exercise.attributes(quantity) if quantity else ()
        marks = [f"self.{name}" for name in attributes] if attributes else ["return"]
        lines = (places.get(prefix + mark) for mark in marks) if quantity else ()
        found = next((line for line in lines if line is not None), None)
        return found or places.get(prefix.rstrip()) or self.definition.places.get("")
