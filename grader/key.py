"""The answer key: what the reference was seen to do, once a run, through the very calls that students get."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader import draw
from grader.assignment import Assignment
from grader.box.program import Loaded, Reply, Source
from grader.checks import Trouble, read
from grader.drivers import Exercise
from grader.drivers.asks import Ask, Setting, Tag, settings
from grader.errors import KeyMissing
from grader.model import Array
from grader.sandbox.base import Died, Limits, Sandbox
from grader.sandbox.session import Session

PUBLIC_SEED = 20260101
"""The seed of the cases that students may see."""


@dataclass(frozen=True)
class Entry:
    """An ask with the arrays that the reference gave."""

    ask: Ask
    wanted: Mapping[str, Array]


@dataclass(frozen=True)
class Key:
    """All entries by exercise, scored ones first; `fingerprint` names the hidden seed without telling it."""

    entries: Mapping[str, Sequence[Entry]]
    fingerprint: str


def fingerprint(seed: int) -> str:
    """``sha256:`` and the digest of a hidden seed of 128 random bits."""
    return "sha256:" + hashlib.sha256(f"backprop-grader {seed}".encode()).hexdigest()


def build(assignment: Assignment, reference: Source, sandbox: Sandbox, hidden_seed: int) -> Key:
    """Observes the reference. Raises KeyMissing where it gives no answer, SandboxUnavailable without a sandbox."""
    files = {reference.path: reference.cells[0].text.encode()}
    limits = Limits(total=600.0)
    try:
        with Session(sandbox, files, (reference,), assignment.sought, limits) as session:
            loaded = session.load()
            return Key(
                {
                    exercise.name: _entries(exercise, session, loaded, hidden_seed)
                    for exercise in assignment.exercises
                },
                fingerprint(hidden_seed),
            )
    except Died as death:
        raise KeyMissing(f"The reference of {assignment.name} {death.message}") from death


def _entries(exercise: Exercise, session: Session, loaded: Loaded, hidden_seed: int) -> list[Entry]:
    drawn = settings(exercise, PUBLIC_SEED, public=True) + settings(exercise, hidden_seed, public=False)
    asks = [_completed(setting, reply, hidden_seed) for setting, reply in _forwards(drawn, session)]
    replies = session.observe([ask.job for ask in asks])
    entries: list[Entry] = []
    for ask, reply in zip(asks, replies, strict=True):
        if ask.tag is Tag.COLUMN:
            # A column of labels is not part of the contract: the answer is that to the same labels in a row.
            labels = next(e for e in entries if e.ask.tag is Tag.LABELS and e.ask.case.public)
            entries.append(Entry(ask, labels.wanted))
        else:
            entries.append(
                Entry(
                    ask, {q.name: _array(exercise, q.name, read(q, reply, exercise.name)) for q in ask.reads}
                )
            )
    if not any(d.exercise == exercise.name and d.found_as for d in loaded.definitions):
        raise KeyMissing(f"The reference does not define {exercise.name}")
    return sorted(entries, key=lambda entry: not entry.ask.case.public)


def _forwards(drawn: list[Setting], session: Session) -> list[tuple[Setting, Array]]:
    """The reference's output for each setting."""
    replies = session.observe([_plain(setting).bare() for setting in drawn])
    return [
        (
            setting,
            _array(setting.exercise, "forward", read(setting.exercise.output, reply, setting.exercise.name)),
        )
        for setting, reply in zip(drawn, replies, strict=True)
    ]


def _plain(setting: Setting) -> Setting:
    """A setting that the reference is sure to accept and whose output has the same shape."""
    if setting.tag is not Tag.COLUMN:
        return setting
    name = setting.exercise.labels
    arrays = {**setting.case.arrays, name: setting.case.arrays[name].ravel()}
    return Setting(setting.tag, setting.exercise, type(setting.case)(setting.case.label, True, arrays))


def _completed(setting: Setting, output: Array, hidden_seed: int) -> Ask:
    public = setting.case.public
    seed = PUBLIC_SEED if public else hidden_seed
    rng = draw.generator(seed, setting.exercise.name, "dout", setting.tag.value, setting.case.label)
    return setting.completed(output.shape, rng)


def _array(exercise: Exercise, name: str, seen: Array | Trouble) -> Array:
    if isinstance(seen, Trouble):
        raise KeyMissing(f"The reference's {exercise.name} gives no {name}: {seen.message}")
    return seen


__all__ = ["PUBLIC_SEED", "Entry", "Key", "Reply", "build", "fingerprint"]
