"""One submission's code, asked everything: from a session to a record an exercise."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader import bundles, language
from grader.box.program import Definition, Job, Loaded, Place, Reply
from grader.checks import Record, Trial, Trouble, read
from grader.drivers import Case, Exercise
from grader.drivers.exercise import job
from grader.key import Entry, Key
from grader.sandbox.base import Death
from grader.sandbox.session import Answer, Session
from grader.slopes import with_slopes

_TRIALS = 1024


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
    there = with_slopes(session, key, _with_trials(session, key, there, public=True))
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
