"""A small exercise with a derivation, and trials of it without any submission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader.assignment import Derivation, Layer, Mistake, N, draw
from grader.box.program import Definition
from grader.checks import Record, Trial
from grader.checks.record import CASE
from grader.drivers import Case, Exercise
from grader.model import Array
from tests.courses import course_grader


def square(*mistakes: Mistake, **formulas: str) -> Exercise:
    """y = x * x, entry by entry."""
    right = {"forward": "x * x", "slope": "2 * x", "dx": "dout * slope"}
    return Layer(
        name="Square",
        inputs={"x": draw.normal(N)},
        derivation=Derivation({**right, **formulas}, mistakes=mistakes),
        points=10,
    )


def square_trials(cases: int = 3) -> list[Trial]:
    """Public cases with what is right; nothing was seen."""
    rng = np.random.default_rng(5)
    found = []
    for number in range(cases):
        x, dout = rng.uniform(0.5, 1.5, 4 + number), rng.uniform(0.3, 1.5, 4 + number)
        case = Case(number, True, {"x": x, "dout": dout})
        found.append(Trial(CASE, case, {}, {"forward": x * x, "dx": dout * 2 * x}))
    return found


def shipped_record(assignment: str, name: str) -> Record:
    """An exercise of the course with its ordinary cases; nothing was seen."""
    grader = course_grader(assignment)
    trials = [
        Trial(CASE, entry.ask.case, {}, entry.wanted)
        for entry in grader.key.entries[name]
        if entry.ask.tag == CASE
    ]
    return record_of(grader.assignment.by_name[name], trials)


def record_of(exercise: Exercise, trials: Sequence[Trial]) -> Record:
    """A record of an exercise that was found."""
    definitions = [Definition(wanted.name, found_as=wanted.name) for wanted in exercise.sought]
    return Record(exercise, definitions, trials)


def having_seen(record: Record, seen: Sequence[Mapping[str, Array]]) -> Record:
    """The record with these arrays as a student's, one mapping a trial in the order of `Record.of`."""
    pairs = zip(record.of(CASE), seen, strict=True)
    return replace(record, trials=[replace(trial, got=got) for trial, got in pairs])
