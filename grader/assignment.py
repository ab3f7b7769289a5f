"""An assignment in its author's words. ``solutions/<name>/assignment.py`` imports everything from here."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader import draw
from grader.box.program import Step, Wanted
from grader.checks import battery
from grader.draw import Axis, C, D, H, M, N
from grader.drivers import (
    At,
    Derivation,
    Exercise,
    Extra,
    Function,
    Layer,
    Loss,
    Mistake,
    Pair,
    Quantity,
    Script,
    Updating,
)
from grader.drivers.forms import Form, fixed_factor, log_eps
from grader.errors import AssignmentError
from grader.language import Text, both

__all__ = [
    "Assignment",
    "At",
    "Axis",
    "C",
    "D",
    "Derivation",
    "Extra",
    "Form",
    "Function",
    "H",
    "Layer",
    "Loss",
    "M",
    "Mistake",
    "N",
    "Pair",
    "Quantity",
    "Script",
    "Step",
    "Updating",
    "both",
    "draw",
    "fixed_factor",
    "log_eps",
]

ERRATA = ("fail", "advice")
"""What a known mistake of a published text may cost, see `Assignment`."""


@dataclass(frozen=True)
class Assignment:
    """One hand-in.

    name       as it stands in the folder's name and in results.json
    title      as students read it; like every text, in one language or in `both`
    exercises  parts before what uses them
    errata     what it costs when an exercise is wrong in the way that one of its `errata` says: ``"fail"`` its points,
               ``"advice"`` nothing, though it is shown
    dropped    exercises of the reference that this course leaves out
    requires   libraries beside numpy that its code imports, each an extra of this package by the same name, and modules
               of theirs (``torch._dynamo``) that they import late: all are there before a submission's time begins
    offers     modules that submissions may import and the reference does without: there as early, where they are
               installed
    memory     bytes of memory that a submission needs, where the ordinary limit is too low
    """

    name: str
    title: Text
    exercises: Sequence[Exercise]
    errata: str = "fail"
    dropped: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    memory: int = 0
    by_name: Mapping[str, Exercise] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.errata not in ERRATA:
            raise AssignmentError(f"{self.name}: errata should be one of {', '.join(ERRATA)}")
        by_name: dict[str, Exercise] = {}
        for exercise in self.exercises:
            if exercise.name in by_name:
                raise AssignmentError(f"{self.name}: the exercise {exercise.name} stands twice")
            for part in exercise.uses:
                if part not in by_name:
                    raise AssignmentError(
                        f"{self.name}: {exercise.name} uses {part}, which must stand before it"
                    )
            battery(exercise)
            by_name[exercise.name] = exercise
        if not by_name:
            raise AssignmentError(f"{self.name}: there are no exercises")
        object.__setattr__(self, "by_name", by_name)

    @property
    def max_score(self) -> float:
        """The points of all exercises."""
        return float(sum(exercise.max_score for exercise in self.exercises))

    @property
    def missing(self) -> str:
        """What keeps the assignment from being graded here and how to mend it, in one line; "" if nothing does."""
        libraries = dict.fromkeys(name.partition(".")[0] for name in self.requires)
        absent = [name for name in libraries if not _is_installed(name)]
        if not absent:
            return ""
        return f"{self.name} needs {', '.join(absent)}: pip install 'backprop-grader[{','.join(absent)}]'"

    @property
    def modules(self) -> tuple[str, ...]:
        """What is imported before a submission's time begins."""
        return (*self.requires, *(name for name in self.offers if _is_installed(name.partition(".")[0])))

    @property
    def sought(self) -> tuple[Wanted, ...]:
        """What the box looks for, of all exercises."""
        return tuple(wanted for exercise in self.exercises for wanted in exercise.sought)

    def parts(self, exercise: Exercise) -> tuple[Exercise, ...]:
        """Everything that the exercise uses, and what that uses in turn, in the order of the assignment."""
        found: set[str] = set()
        waiting = list(exercise.uses)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.by_name[name].uses
        return tuple(part for part in self.exercises if part.name in found)


def _is_installed(library: str) -> bool:
    return importlib.util.find_spec(library) is not None
