"""One submission's code, asked everything: from a session to a record an exercise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.box.program import Definition, Loaded, Place, Raised, Reply
from grader.checks import Record, Seen, Trial, Trouble, read
from grader.checks.record import CASE
from grader.drivers import Case, Exercise
from grader.drivers.exercise import job
from grader.key import Entry, Key
from grader.language import _
from grader.model import Array, Verdict
from grader.numeric import closeness
from grader.numeric.differences import DOUBLE, EPS_TOLERANCE, SINGLE, Stride, gradient
from grader.sandbox.base import Death
from grader.sandbox.session import Session


@dataclass(frozen=True)
class Observation:
    """All records of one session. `printed` is what the code printed before it met a hidden case."""

    loaded: Loaded
    records: Mapping[str, Record]
    printed: str = ""


def observe(
    session: Session,
    key: Key,
    exercises: Sequence[Exercise],
    lent: Mapping[str, tuple[str, ...]] | None = None,
) -> Observation:
    """Asks all public cases, then all hidden ones, so that nothing printed up to then can show a hidden input.

    `lent` names by exercise the parts of the reference that stand in for the student's. Raises Died when no box
    survives loading.
    """
    loaded = session.load()
    found = {definition.exercise: definition for definition in loaded.definitions}
    records: dict[str, Record] = {}
    for exercise in exercises:
        definitions = [found.get(wanted.name, Definition(wanted.name)) for wanted in exercise.sought]
        records[exercise.name] = _public(
            session, key, exercise, definitions, (lent or {}).get(exercise.name, ())
        )
    printed = session.output
    for exercise in exercises:
        record = records[exercise.name]
        if record.definition.found_as:
            died = _died(record, _of(key, exercise, public=True))
            hidden = _trials(session, exercise, _of(key, exercise, public=False), asked=not died)
            records[exercise.name] = replace(record, trials=[*record.trials, *hidden])
    return Observation(loaded, {name: _with_writes(session, one) for name, one in records.items()}, printed)


def _of(key: Key, exercise: Exercise, *, public: bool) -> list[Entry]:
    return [entry for entry in key.entries[exercise.name] if entry.ask.case.public == public]


def _public(
    session: Session, key: Key, exercise: Exercise, definitions: list[Definition], lent: tuple[str, ...]
) -> Record:
    if not definitions[0].found_as:
        return Record(exercise, definitions, (), lent=lent)
    trials = _trials(session, exercise, _of(key, exercise, public=True))
    record = Record(exercise, definitions, trials, lent=lent)
    return _with_slopes(session, key, record) if exercise.gradients else record


def _trials(
    session: Session, exercise: Exercise, entries: Sequence[Entry], *, asked: bool = True
) -> list[Trial]:
    jobs = [entry.ask.job for entry in entries]
    replies = session.observe(jobs) if asked else [None] * len(jobs)
    died = [entry for entry, reply in zip(entries, replies, strict=True) if isinstance(reply, Death)]
    name = _culprit(session, exercise, died[0].ask.case) if died else exercise.name
    return [
        Trial(
            entry.ask.tag,
            entry.ask.case,
            {
                q.name: read(q, reply, name if isinstance(reply, Death) else exercise.name, entry.ask.reads)
                for q in entry.ask.reads
            },
            entry.wanted,
        )
        for entry, reply in zip(entries, replies, strict=True)
    ]


def _culprit(session: Session, exercise: Exercise, case: Case) -> str:
    """What ended the box in this case: the way forward, if it does so alone, else the way back."""
    forward = exercise.output.source or exercise.name
    if not exercise.seed_gradient:
        return forward
    (reply,) = session.observe([job(exercise.forward(exercise.arguments(case.arrays)), case.arrays)])
    return forward if isinstance(reply, Death) else exercise.gradients[0].source


def _died(record: Record, entries: Sequence[Entry]) -> bool:
    """Whether a scored public case ended the box: the hidden ones would only take as long again."""
    return any(
        isinstance(seen, Trouble) and seen.step == "call"
        for trial, entry in zip(record.trials, entries, strict=True)
        if entry.ask.scored
        for seen in trial.got.values()
    )


def _with_writes(session: Session, record: Record) -> Record:
    """The record with the lines that write into arguments: asked last, because read-only arrays may change results."""
    changed = {} if record.lent else record.changed
    jobs = []
    for name, trial in changed.items():
        arguments = record.exercise.arguments(trial.case.arrays)
        frozen = {**arguments, name: ["frozen", arguments[name][1]]}
        jobs.append(job(record.exercise.steps(frozen), trial.case.arrays))
    replies = session.observe(jobs) if jobs else []
    places = {
        name: place
        for name, reply in zip(changed, replies, strict=True)
        if (place := _refused(reply)) is not None
    }
    return replace(record, writes=places)


def _refused(reply: Reply | Death | None) -> Place | None:
    """Where a read-only array was written into."""
    outcomes = list(reply.outcomes.values()) if isinstance(reply, Reply) else []
    places = (
        one.place
        for one in outcomes
        if isinstance(one, Raised) and one.type == "ValueError" and "read-only" in one.message
    )
    return next(places, None)


def _with_slopes(session: Session, key: Key, record: Record) -> Record:
    """The record with central differences of the student's own forward at the first public case."""
    exercise, first = record.exercise, record.of(CASE)[0]
    own = first.got[exercise.output.name]
    if isinstance(own, Trouble):
        return record
    stride = _stride(own, first.wanted[exercise.output.name])
    jobs = key.differences(exercise, first.case, stride.h)
    output = replace(exercise.output, path=())
    slopes: dict[str, Seen] = {}
    for quantity, reply in zip(exercise.gradients, session.observe(jobs), strict=True):
        values = read(output, reply, exercise.name)
        dout = first.case.arrays.get("dout", np.array(1.0))
        slopes[quantity.name] = _slope(values, dout, first.case.arrays[quantity.of], own, stride)
    tolerance = max(stride.tolerance, EPS_TOLERANCE if exercise.forms else 0.0)
    return replace(record, slopes=slopes, slope_tolerance=tolerance)


def _slope(values: Seen, dout: Array, at: Array, own: Array, stride: Stride) -> Seen:
    if isinstance(values, Trouble):
        return values
    # A forward of the wrong shape can still be differentiated where dout broadcasts against it as handed in.
    if values.shape != (2 * at.size, *own.shape) or dout.shape not in (own.shape, ()):
        return Trouble(Verdict.SKIPPED, _("forward does not have the shape of dout"), "forward")
    return gradient(values, dout, at, stride.h)


def _stride(own: Array, wanted: Array) -> Stride:
    """Steps for the precision that the forward shows."""
    rough = own.dtype != np.float64 or (
        own.shape == wanted.shape and closeness.SAME < closeness.error(own, wanted) <= closeness.ROUGH
    )
    return SINGLE if rough else DOUBLE
