"""The answer key: what the reference was seen to do, once a run, through the very calls that students get."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from grader import draw
from grader.assignment import Assignment
from grader.box.program import Job, Loaded, Source
from grader.checks import Trouble, read
from grader.checks.asks import Ask, Setting, outputs, settings
from grader.drivers import Case, Exercise
from grader.errors import KeyMissing, UsageError
from grader.model import Array
from grader.numeric.differences import along, directions, shifted
from grader.sandbox.base import Died, Limits, Sandbox
from grader.sandbox.session import Session

SEED_BITS = 128
"""The size of a hidden seed."""

PUBLIC_SEED = 20260101
"""The seed of the cases that students may see."""


@dataclass(frozen=True, eq=False)
class Entry:
    """An ask with the arrays that the reference gave. Entries are told apart as objects."""

    ask: Ask
    wanted: Mapping[str, Array]


@dataclass(frozen=True, eq=False)
class Directions:
    """Steps through the arguments of an exercise, and the job that asks for its output along them."""

    exercise: Exercise
    steps: Mapping[str, Array]
    job: Job


Answers = Mapping[str, Sequence[tuple[tuple[int, ...], Mapping[str, Array]]]]
"""By exercise and entry the shape of the gradient from above, and the arrays that the reference gave."""


@dataclass(frozen=True)
class Key:
    """All entries by exercise, scored ones first; `fingerprint` names the hidden seed without telling it."""

    entries: Mapping[str, Sequence[Entry]]
    fingerprint: str
    _differences: dict[tuple[str, float], Sequence[Job]] = field(default_factory=dict, init=False, repr=False)
    _directions: dict[tuple[str, float], Directions] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def public(self) -> Mapping[str, Sequence[Entry]]:
        """The entries that students may see."""
        return self._where(public=True)

    @cached_property
    def hidden(self) -> Mapping[str, Sequence[Entry]]:
        """All others."""
        return self._where(public=False)

    def _where(self, *, public: bool) -> Mapping[str, Sequence[Entry]]:
        return {
            name: [entry for entry in entries if entry.ask.case.public == public]
            for name, entries in self.entries.items()
        }

    def differences(self, exercise: Exercise, case: Case, h: float) -> Sequence[Job]:
        """What gives the slopes of a student's forward at the exercise's first public case, one job a gradient."""
        made = exercise.name, h
        if made not in self._differences:
            arguments = [quantity.of for quantity in exercise.gradients]
            self._differences[made] = [
                outputs(exercise, case, {of: shifted(case.arrays[of], h)}) for of in arguments
            ]
        return self._differences[made]

    def directions(self, exercise: Exercise, case: Case, h: float) -> Directions:
        """What confirms all gradients of an exercise at once, in the same case."""
        made = exercise.name, h
        if made not in self._directions:
            steps = directions({one.of: case.arrays[one.of] for one in exercise.gradients}, PUBLIC_SEED)
            points = {of: along(case.arrays[of], steps[of], h) for of in steps}
            self._directions[made] = Directions(exercise, steps, outputs(exercise, case, points))
        return self._directions[made]


def fingerprint(seed: int) -> str:
    """``sha256:`` and the digest of a hidden seed of 128 random bits."""
    return "sha256:" + hashlib.sha256(f"backprop-grader {seed}".encode()).hexdigest()


def build(assignment: Assignment, reference: Source, sandbox: Sandbox, hidden_seed: int) -> Key:
    """Observes the reference.

    Raises KeyMissing where it gives no answer, SandboxUnavailable without a sandbox, and UsageError where a library is
    not installed.
    """
    if assignment.missing:
        raise UsageError(assignment.missing)
    files = {reference.path: reference.cells[0].text.encode()}
    # Our own code is not hurried, however busy the machine is.
    limits = Limits(load=60.0, total=600.0, memory=max(Limits.memory, assignment.memory))
    try:
        with Session(
            sandbox, files, (reference,), assignment.sought, limits, modules=assignment.modules
        ) as session:
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


def answers(key: Key) -> Answers:
    """All that cannot be drawn again without the reference; see `rebuilt`."""
    return {
        name: [(_shape(entry.ask), entry.wanted) for entry in entries]
        for name, entries in key.entries.items()
    }


def rebuilt(assignment: Assignment, given: Answers, hidden_seed: int) -> Key:
    """The key that has these answers, where the reference is not asked again."""
    entries: dict[str, Sequence[Entry]] = {}
    for exercise in assignment.exercises:
        drawn = [
            *((setting, PUBLIC_SEED) for setting in settings(exercise, PUBLIC_SEED, public=True)),
            *((setting, hidden_seed) for setting in settings(exercise, hidden_seed, public=False)),
        ]
        entries[exercise.name] = [
            Entry(_completed(setting, seed, shape), wanted)
            for (setting, seed), (shape, wanted) in zip(drawn, given[exercise.name], strict=True)
        ]
    return Key(entries, fingerprint(hidden_seed))


def _shape(ask: Ask) -> tuple[int, ...]:
    """The shape of the gradient from above."""
    return ask.case.arrays["dout"].shape if "dout" in ask.case.arrays else ()


def _entries(exercise: Exercise, session: Session, loaded: Loaded, hidden_seed: int) -> list[Entry]:
    if not any(d.exercise == exercise.sought[0].name and d.found_as for d in loaded.definitions):
        raise KeyMissing(f"The reference does not define {exercise.name}")
    public = settings(exercise, PUBLIC_SEED, public=True)
    hidden = settings(exercise, hidden_seed, public=False)
    asks = [*_asks(public, session, PUBLIC_SEED), *_asks(hidden, session, hidden_seed)]
    replies = session.observe([ask.job for ask in asks])
    wanted: list[Mapping[str, Array]] = []
    for ask, reply in zip(asks, replies, strict=True):
        # The answer to a probe that is like another one is the other's, which stands before it.
        twins = [number for number, other in enumerate(asks[: len(wanted)]) if other.tag == ask.like]
        seen = {q.name: read(q, reply, exercise.name) for q in ask.reads} if not twins else wanted[twins[0]]
        wanted.append({name: _array(exercise, name, one) for name, one in seen.items()})
    return [Entry(ask, arrays) for ask, arrays in zip(asks, wanted, strict=True)]


def _asks(drawn: list[Setting], session: Session, seed: int) -> Iterator[Ask]:
    """The settings with their gradients from above, shaped like the reference's outputs."""
    exercise = drawn[0].exercise
    replies = (
        session.observe([one.bare() for one in drawn]) if exercise.seed_gradient else [None] * len(drawn)
    )
    shapes: dict[str, tuple[int, ...]] = {}
    for setting, reply in zip(drawn, replies, strict=True):
        if exercise.seed_gradient and not (setting.probe and setting.probe.like):
            output = _array(exercise, exercise.output.name, read(exercise.output, reply, exercise.name))
            shapes[setting.tag] = output.shape
        else:
            shapes[setting.tag] = shapes.get(setting.probe.like, ()) if setting.probe else ()
        yield _completed(setting, seed, shapes[setting.tag])


def _completed(setting: Setting, seed: int, shape: tuple[int, ...]) -> Ask:
    rng = draw.generator(seed, setting.exercise.name, "dout", setting.tag, setting.case.label)
    return setting.completed(shape, rng)


def _array(exercise: Exercise, name: str, seen: Array | Trouble) -> Array:
    if isinstance(seen, Trouble):
        raise KeyMissing(f"The reference's {exercise.name} gives no {name}: {seen.message}")
    return seen
