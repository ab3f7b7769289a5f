"""From an assignment and its answer key to what may be handed out: public cases, and nothing that is code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.assignment import Assignment
from grader.checks.battery import battery
from grader.checks.values import judged_arguments
from grader.drivers import Exercise, Extra, Script
from grader.drivers.forms import Fit, FixedFactor, Form, LogEps
from grader.errors import AssignmentError
from grader.frozen.foreseen import Group, foreseen
from grader.frozen.tables import Arrays, programmed, straight, tabulated
from grader.key import Entry, Key
from grader.language import Text, current


@dataclass(frozen=True)
class Withheld:
    """A check that stays with the instructor, because the author judges it by a function."""

    exercise: str
    title: Text


@dataclass(frozen=True)
class PublicKey:
    """What a self-check knows. `withheld` are the checks that it lacks; `foreseen` gives an exercise's hypotheses.

    `language` is the one in which it was handed out.
    """

    assignment: Assignment
    entries: Mapping[str, Sequence[Entry]]
    withheld: tuple[Withheld, ...] = ()
    foreseen: Callable[[str], Sequence[Group]] = lambda _name: ()
    language: str = "en"

    @property
    def key(self) -> Key:
        """The entries as the judge takes them; there are no hidden ones, and so there is no seed to tell."""
        return Key(self.entries, "public")


def frozen(assignment: Assignment, key: Key) -> PublicKey:
    """The public part of an answer key.

    An exercise stays with the instructor where nothing that has points can be frozen, and where the author tells other
    right results by a function of a kind that is not known here. Raises AssignmentError when no exercise is left.
    """
    withheld: list[Withheld] = []
    kept: list[Exercise] = []
    for exercise in assignment.exercises:
        public = _exercise(exercise, key.entries[exercise.name], {one.name for one in kept})
        names = set() if public is None else {check.name for check in battery(public)}
        missing = [check for check in battery(exercise) if check.name not in names]
        titles = [check.title for check in missing if public is not None or check.points]
        withheld += [Withheld(exercise.name, title) for title in titles]
        if public is not None:
            kept.append(public)
    if not kept:
        raise AssignmentError(f"{assignment.name}: no exercise can be checked without its author's functions")
    entries = {exercise.name: _public(exercise, key.entries[exercise.name]) for exercise in kept}
    # As the author declares them: what is kept has lost its derivations.
    groups = {one.name: foreseen(assignment.by_name[one.name], entries[one.name]) for one in kept}
    handed_out = replace(assignment, exercises=tuple(kept), dropped=())
    return PublicKey(handed_out, entries, tuple(withheld), groups.__getitem__, current())


def _public(exercise: Exercise, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    tags = {check.name for check in battery(exercise)} | {"case"}
    return tuple(entry for entry in entries if entry.ask.case.public and entry.ask.tag in tags)


def _exercise(exercise: Exercise, entries: Sequence[Entry], known: set[str]) -> Exercise | None:
    """The exercise without its author's functions; None where that leaves nothing to judge fairly."""
    cases = [found for entry in entries if entry.ask.case.public and (found := _arguments(exercise, entry))]
    forms = [_fit(fit, cases) for fit in exercise.forms]
    judged_by_function = {extra.name for extra in exercise.extras if extra.judge is not None}
    shares = {name: share for name, share in exercise.shares.items() if name not in judged_by_function}
    if not sum(shares.values()) or None in forms:
        return None
    if isinstance(exercise, Script):
        exercise = replace(exercise, script=programmed(exercise.script, exercise.draws))
    return replace(
        exercise,
        points=shares,
        derivation=None,
        sizes=(),
        uses=tuple(part for part in exercise.uses if part in known),
        forms=tuple(form for form in forms if form is not None),
        errata=tuple(Form(tabulated(form.values, cases), form.note) for form in exercise.errata),
        extras=tuple(_extra(extra) for extra in exercise.extras if extra.judge is None),
        waive={name: why for name, why in exercise.waive.items() if name not in judged_by_function},
        titles={name: title for name, title in exercise.titles.items() if name not in judged_by_function},
    )


def _arguments(exercise: Exercise, entry: Entry) -> Arrays | None:
    """The arguments whose results are judged, by the author's names; None where these are not all there."""
    judged = judged_arguments(entry.ask.case.arrays)
    return {name: judged[name] for name in exercise.draws} if judged.keys() >= exercise.draws.keys() else None


def _fit(fit: Fit, cases: Sequence[Arrays]) -> Fit | None:
    if isinstance(fit, LogEps):
        return replace(fit, of=tabulated(fit.of, cases))
    if isinstance(fit, FixedFactor):
        return replace(fit, right=straight(fit.right, cases))
    return None


def _extra(extra: Extra) -> Extra:
    return replace(
        extra,
        steps=programmed(extra.steps, extra.inputs),
        other=None,
        mistakes=None,
        partly=extra.other is not None,
    )
