"""One submission's code, asked everything: from a session to a record an exercise."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader import bundles, language
from grader.box.program import Definition, Job, Loaded, Place, Reply
from grader.checks import Record, Seen, Trial, Trouble, read
from grader.checks.record import CASE
from grader.drivers import Case, Exercise
from grader.drivers.exercise import job
from grader.key import Directions, Entry, Key
from grader.language import _
from grader.model import Array, Verdict
from grader.numeric import closeness
from grader.numeric.differences import DIRECTIONS, DOUBLE, EPS_TOLERANCE, SINGLE, Stride, agree, gradient
from grader.sandbox.base import Death
from grader.sandbox.session import Answer, Session

_TRIALS = 1024
_ONE = np.array(1.0)


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
    records = {exercise.name: _unseen(exercise, found, lent or {}) for exercise in exercises}
    there = [record for record in records.values() if record.definition.found_as]
    there = _with_slopes(session, key, _with_trials(session, key, there, public=True))
    printed = session.output
    there = _with_writes(session, _with_trials(session, key, there, public=False))
    return Observation(loaded, records | {record.exercise.name: record for record in there}, printed)


def _unseen(
    exercise: Exercise, found: Mapping[str, Definition], lent: Mapping[str, tuple[str, ...]]
) -> Record:
    definitions = [found.get(wanted.name, Definition(wanted.name)) for wanted in exercise.sought]
    return Record(exercise, definitions, (), lent=lent.get(exercise.name, ()))


def _with_trials(session: Session, key: Key, records: Sequence[Record], *, public: bool) -> list[Record]:
    """The records with trials of all their public cases, or of all hidden ones."""
    entries = [_of(key, record, public=public) for record in records]
    asked = [() if _died(key, record) else own for record, own in zip(records, entries, strict=True)]
    answers = bundles.observe_each(session, [[entry.ask.job for entry in own] for own in asked])
    return [
        replace(
            record,
            trials=(*record.trials, *_trials(session, record.exercise, own, replies)),
            answers=(*record.answers, *replies),
        )
        for record, own, replies in zip(records, entries, answers, strict=True)
    ]


def _of(key: Key, record: Record, *, public: bool) -> Sequence[Entry]:
    return (key.public if public else key.hidden)[record.exercise.name]


def _trials(
    session: Session, exercise: Exercise, entries: Sequence[Entry], replies: Sequence[Answer]
) -> list[Trial]:
    """What was seen in each case; no replies where none was asked."""
    answers = replies or [None] * len(entries)
    died = [entry for entry, reply in zip(entries, answers, strict=True) if isinstance(reply, Death)]
    name = _culprit(session, exercise, died[0].ask.case) if died else exercise.name
    return [
        _kept_trial(entry, reply, exercise.name, language.current())
        if isinstance(reply, Reply) and reply.kept
        else _trial(entry, reply, name if isinstance(reply, Death) else exercise.name)
        for entry, reply in zip(entries, answers, strict=True)
    ]


@functools.lru_cache(_TRIALS)
def _kept_trial(entry: Entry, reply: Reply, name: str, _language: str) -> Trial:
    """What is seen in a reply that many of a class give, in a language."""
    return _trial(entry, reply, name)


def _trial(entry: Entry, reply: Answer, name: str) -> Trial:
    seen = {quantity.name: read(quantity, reply, name, entry.ask.reads) for quantity in entry.ask.reads}
    return Trial(entry.ask.tag, entry.ask.case, seen, entry.wanted)


def _culprit(session: Session, exercise: Exercise, case: Case) -> str:
    """What ended the box in this case: the way forward, if it does so alone, else the way back."""
    forward = exercise.output.source or exercise.name
    if not exercise.seed_gradient:
        return forward
    (reply,) = session.observe([job(exercise.forward(exercise.arguments(case.arrays)), case.arrays)])
    return forward if isinstance(reply, Death) else exercise.gradients[0].source


def _died(key: Key, record: Record) -> bool:
    """Whether a scored public case ended the box: the hidden ones would only take as long again."""
    if all(isinstance(answer, Reply) for answer in record.answers):
        return False
    scored = [entry.ask.scored for entry in _of(key, record, public=True)]
    return any(
        isinstance(seen, Trouble) and seen.step == "call"
        for trial, counts in zip(record.trials, scored, strict=False)
        if counts
        for seen in trial.got.values()
    )


def _with_writes(session: Session, records: Sequence[Record]) -> list[Record]:
    """The records with the lines that write into arguments: asked last, because read-only arrays may change results."""
    changed: list[Mapping[str, Trial]] = [{} if record.lent else record.changed for record in records]
    jobs = [
        [_frozen(record.exercise, trial.case, name) for name, trial in found.items()]
        for record, found in zip(records, changed, strict=True)
    ]
    answers = session.observe_each(jobs)
    return [
        replace(record, writes=_refusals(found, replies), answers=(*record.answers, *replies))
        if found
        else record
        for record, found, replies in zip(records, changed, answers, strict=True)
    ]


def _frozen(exercise: Exercise, case: Case, name: str) -> Job:
    """The case with an argument that cannot be written into."""
    arguments = exercise.arguments(case.arrays)
    return job(exercise.steps({**arguments, name: ["frozen", arguments[name][1]]}), case.arrays)


def _refusals(names: Iterable[str], replies: Sequence[Answer]) -> dict[str, Place]:
    places = {name: _refused(reply) for name, reply in zip(names, replies, strict=True)}
    return {name: place for name, place in places.items() if place is not None}


def _refused(reply: Answer) -> Place | None:
    """Where a read-only array was written into."""
    raised = reply.raised if isinstance(reply, Reply) else ()
    return next(
        (one.place for one in raised if one.type == "ValueError" and "read-only" in one.message), None
    )


def _with_slopes(session: Session, key: Key, records: Sequence[Record]) -> list[Record]:
    """The records with central differences of the student's own forward at the first public case.

    Where all is right in that case, a few directions confirm it. Elsewhere, and where they do not, each element is
    stepped along, which shows small mistakes and their places.
    """
    strides = [_stride(record) for record in records]
    confirmed = _confirmed(session, key, records, strides)
    jobs = [
        key.differences(record.exercise, record.of(CASE)[0].case, stride.h)
        if stride and not record.slopes
        else ()
        for record, stride in zip(confirmed, strides, strict=True)
    ]
    answers = session.observe_each(jobs)
    return [
        _sloped(record, stride, replies) if stride and replies else record
        for record, stride, replies in zip(confirmed, strides, answers, strict=True)
    ]


def _confirmed(
    session: Session, key: Key, records: Sequence[Record], strides: Sequence[Stride | None]
) -> list[Record]:
    """The records, with slopes where all gradients are right and belong to the student's own forward."""
    tried = [
        key.directions(record.exercise, record.of(CASE)[0].case, DOUBLE.h)
        if stride == DOUBLE and record.of(CASE)[0].is_right
        else None
        for record, stride in zip(records, strides, strict=True)
    ]
    answers = session.observe_each([[one.job] if one else [] for one in tried])
    return [
        _along(record, directions, *replies) if directions else record
        for record, directions, replies in zip(records, tried, answers, strict=True)
    ]


def _along(record: Record, directions: Directions, reply: Answer) -> Record:
    slopes = _slopes_along(record.exercise, record.of(CASE)[0], directions, reply)
    tolerance = DOUBLE.tolerance
    return replace(record, slopes=slopes, slope_tolerance=tolerance, answers=(*record.answers, reply))


def _slopes_along(
    exercise: Exercise, first: Trial, directions: Directions, reply: Answer
) -> Mapping[str, Seen]:
    """The gradients of a case, where they are confirmed, or what kept them from being; none where they are not."""
    values = read(replace(exercise.output, path=()), reply, exercise.name)
    if isinstance(values, Trouble):
        return {one.name: values for one in exercise.gradients}
    got = {one.of: np.asarray(first.got[one.name]) for one in exercise.gradients}
    own = first.wanted[exercise.output.name].shape
    if values.shape == (2 * DIRECTIONS, *own) and agree(
        values, first.case.arrays.get("dout", _ONE), got, directions.steps, DOUBLE
    ):
        return {one.name: first.got[one.name] for one in exercise.gradients}
    return {}


def _sloped(record: Record, stride: Stride, replies: Sequence[Answer]) -> Record:
    exercise, first = record.exercise, record.of(CASE)[0]
    output = replace(exercise.output, path=())
    arrays = first.case.arrays
    slopes = {
        quantity.name: _slope(
            read(output, reply, exercise.name),
            arrays.get("dout", _ONE),
            arrays[quantity.of],
            first.got[exercise.output.name],
            stride,
        )
        for quantity, reply in zip(exercise.gradients, replies, strict=True)
    }
    tolerance = max(stride.tolerance, EPS_TOLERANCE if exercise.forms else 0.0)
    answers = (*record.answers, *replies)
    return replace(record, slopes=slopes, slope_tolerance=tolerance, answers=answers)


def _slope(values: Seen, dout: Array, at: Array, own: Seen, stride: Stride) -> Seen:
    if isinstance(values, Trouble):
        return values
    # A forward of the wrong shape can still be differentiated where dout broadcasts against it as handed in.
    if (
        isinstance(own, Trouble)
        or values.shape != (2 * at.size, *own.shape)
        or dout.shape not in (own.shape, ())
    ):
        return Trouble(Verdict.SKIPPED, _("forward does not have the shape of dout"), "forward")
    return gradient(values, dout, at, stride.h)


def _stride(record: Record) -> Stride | None:
    """Steps for the precision that the forward shows; None where there is nothing to step along."""
    first = record.of(CASE)[0] if record.exercise.gradients else None
    own = first.got[record.exercise.output.name] if first else None
    if first is None or not isinstance(own, np.ndarray):
        return None
    wanted = first.wanted[record.exercise.output.name]
    rough = own.dtype != np.float64 or (
        own.shape == wanted.shape and closeness.SAME < closeness.error(own, wanted) <= closeness.ROUGH
    )
    return SINGLE if rough else DOUBLE
