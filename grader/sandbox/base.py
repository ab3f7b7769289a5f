"""What every sandbox offers, and the words in which a box's end is told."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Literal, Protocol, TypeAlias

from grader.box.program import Job, Loaded, Place, Reply, Source, Wanted
from grader.language import _

# Variants of a job that share the time of one call.
_VARIANTS_A_CALL = 50

Ending: TypeAlias = Literal["crashed", "timed_out", "violation"]


@dataclass(frozen=True)
class Limits:
    """What one submission may use: seconds to load, for one call and altogether; bytes of memory, of output that is
    kept, and of output at which the box is killed."""

    load: float = 10.0
    call: float = 5.0
    total: float = 60.0
    memory: int = 1 << 30
    output: int = 64 * 1024
    flood: int = 8 << 20

    def seconds(self, job: Job) -> float:
        """The time of a job. One with variants is many calls in one: it has the time of one call for so many."""
        return self.call * max(1, ceil(job.variants / _VARIANTS_A_CALL))


@dataclass(frozen=True)
class Death:
    """How a job ended its box. `message` says what the code did, without a subject: "did not return within 5 s"."""

    verdict: Ending
    message: str


class Died(Exception):
    """A box is gone. `statement` is the one that it was at when it ended while loading: its ordinal and place."""

    def __init__(self, verdict: Ending, message: str, statement: tuple[int, Place] | None = None) -> None:
        super().__init__(message)
        self.verdict = verdict
        self.message = message
        self.statement = statement

    @property
    def death(self) -> Death:
        return Death(self.verdict, self.message)


@dataclass(frozen=True, order=True)
class Deadline:
    """A moment of the monotonic clock, and what to say of code that is still running then: by itself, that it did not
    return within so many seconds."""

    at: float
    text: str = field(default="", compare=False)
    seconds: float = field(default=0.0, compare=False)

    @classmethod
    def within(cls, seconds: float) -> Deadline:
        return cls(time.monotonic() + seconds, seconds=seconds)

    @property
    def message(self) -> str:
        return self.text or _("did not return within {seconds:g} s").format(seconds=self.seconds)

    @property
    def left(self) -> float:
        """Seconds until then, 0 when it has passed."""
        return max(0.0, self.at - time.monotonic())

    def passed(self) -> Died:
        return Died("timed_out", self.message)


@dataclass(frozen=True)
class Setup:
    """What a box is opened with. `files` maps relative paths (with ``/``) to contents. `modules` are imported before
    anything of the submission is looked at, on nobody's time. `handout` are cells that most submissions hold."""

    files: Mapping[str, bytes]
    sources: tuple[Source, ...]
    wanted: tuple[Wanted, ...]
    limits: Limits = Limits()
    modules: tuple[str, ...] = ()
    handout: tuple[str, ...] = ()


class Box(Protocol):
    """One submission in one process. Every method raises `Died` when the box does not outlive it; `until` is the
    session's deadline, which holds beside the limits of each request."""

    @property
    def output(self) -> str:
        """What was printed so far, cut."""
        ...

    def load(self, skip: frozenset[int], lent: Mapping[str, str], until: Deadline) -> Loaded:
        """Runs the definitions, without the statements whose ordinals are in `skip`, and forgets those that were run
        before. `lent` maps an exercise's name to the text of the reference's implementation."""
        ...

    def rest(self, skip: frozenset[int], until: Deadline) -> Loaded:
        """Runs the statements that loading left aside."""
        ...

    def run(self, jobs: Sequence[Job], until: Deadline) -> Iterator[Reply]:
        """The replies in the order of the jobs, each as soon as it is there."""
        ...

    def close(self) -> None:
        """Ends the box and removes all that it held; may be called again."""
        ...


class Sandbox(Protocol):
    """A way to run code that is not trusted."""

    @property
    def name(self) -> str:
        """How reports call it."""
        ...

    def available(self) -> None:
        """Raises `SandboxUnavailable`, whose line says how to mend it, unless boxes can be opened here."""
        ...

    def open(self, setup: Setup) -> Box:
        """A box in which nothing has run yet; raises `SandboxUnavailable` when none can be had."""
        ...

    def close(self) -> None:
        """Ends what was started for boxes to come, if anything was; more can be opened all the same."""
        ...
