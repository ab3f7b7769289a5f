"""The data that the whole grader speaks of: what is asked, what was seen, what was judged. No behaviour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import numpy as np

from grader.box.program import Place, Source

Array = np.ndarray[Any, Any]


class Verdict(Enum):
    """What a check came to. There is no default: whoever makes a result says which."""

    PASSED = "passed"
    FAILED = "failed"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    MISSING = "missing"
    SKIPPED = "skipped"
    WAIVED = "waived"
    ERROR = "error"


class Status(Enum):
    """What became of a whole submission."""

    GRADED = "graded"
    UNREADABLE = "unreadable"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    MISSING = "missing"
    ERROR = "error"


@dataclass(frozen=True, eq=False)
class Evidence:
    """The arrays behind a finding, for pages that may show them. It is told from others as an object.

    `what` names the quantity in the student's words (``db``); `call` is the call that shows it, with shapes;
    `inputs` maps the arguments' names to arrays; `where` is the index of the largest difference, or None.
    `public` says whether the case may be shown to the student.
    """

    what: str
    call: str
    public: bool
    got: Array | None = None
    wanted: Array | None = None
    inputs: Mapping[str, Array] = field(default_factory=dict)
    where: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Finding:
    """The fact behind a verdict: one line that may be shown to the student, and the evidence.

    `message` never holds values of hidden cases; `private`, for instructors, may. `again` are lines of Python that show
    it again in a notebook, of a public case.
    """

    message: str
    private: str = ""
    evidence: Evidence | None = None
    again: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """A likely misconception: an id of the catalogue and a hint."""

    id: str
    hint: str


@dataclass(frozen=True)
class CheckResult:
    """One judgement of an exercise. `name` is a snake_case identifier, `title` a true sentence.

    `note` qualifies a pass ("float32 precision"). `fingerprint` is the same for the same wrong values, and "" where
    there are none or a diagnosis explains them.
    """

    name: str
    title: str
    verdict: Verdict
    score: float
    max_score: float
    advice: bool = False
    finding: Finding | None = None
    place: Place | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    note: str = ""
    fingerprint: str = ""


@dataclass(frozen=True)
class ExerciseResult:
    """All checks of one exercise. `found_as` is the student's name for it, "" when it was not found.

    `formula` says how the first result comes about (``price = apple * tax``), "" where the author does not.
    """

    name: str
    title: str
    score: float
    max_score: float
    checks: tuple[CheckResult, ...]
    found_as: str = ""
    place: Place | None = None
    lent: tuple[str, ...] = ()
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that a human should look at."""

    id: str
    where: str


@dataclass(frozen=True)
class Adjustment:
    """Points that people or rules give (or, below 0, take) beside the judged ones: of an exercise, or of the whole."""

    exercise: str | None
    points: float
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """One submission, judged.

    `note` says in a sentence why a submission that was not graded was not. `mends` are sentences about what
    was mended in reading (they cost nothing), `failures` about statements that failed while loading.
    `output` is what the submission printed, cut. `seconds` is wall time. `sources` is its code, for the pages that are
    drawn when it is graded, and kept nowhere.

    The rest is what the gradebook adds: whether it was late (None: unknown), the `adjustments`, with what lateness
    costs as a line of its own, the comments of instructors, the id of the release that made these very points known,
    and in `result` a name for the judgement behind it. `score` is without all of these.
    """

    student: str
    files: tuple[str, ...]
    status: Status
    score: float
    max_score: float
    seconds: float
    exercises: tuple[ExerciseResult, ...]
    name: str = ""
    note: str = ""
    flags: tuple[Flag, ...] = ()
    mends: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    output: str = ""
    sources: tuple[Source, ...] = field(default=(), repr=False)
    late: bool | None = None
    adjustments: tuple[Adjustment, ...] = ()
    comments: tuple[str, ...] = ()
    release: str = ""
    result: str = ""


@dataclass(frozen=True)
class ClassReport:
    """A class, judged: what results.json holds and the class page shows.

    `submissions` may be read from a gradebook each time that they are gone through. `waiting` counts the hand-ins that
    a run which did not end had still to grade.
    """

    assignment: str
    title: str
    grader: str
    seed: str
    sandbox: str
    max_score: float
    submissions: Sequence[Report]
    waiting: int = 0
