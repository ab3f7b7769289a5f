"""What makes a judge in another process: data alone, because an assignment holds functions that do not travel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader import key, language
from grader.batch.work import Judge
from grader.course import Course
from grader.grading import Grader
from grader.key import Answers
from grader.reports import ClassFacts
from grader.sandbox.base import Limits, Sandbox
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.choose import known_to_hold
from grader.sandbox.landlock import Landlock
from grader.settings import Settings


@dataclass(frozen=True)
class Recipe:
    """A judge like another one. The assignment is read again from its files; the key's cases are drawn again from the
    hidden `seed`, with the `answers` that the reference gave once."""

    name: str
    seed: int = field(repr=False)
    answers: Answers = field(repr=False)
    limits: Limits
    facts: ClassFacts
    language: str
    settings: Settings

    def judge(self, course: Course, sandbox: Sandbox) -> Judge:
        """The judge, for this process, which from here on speaks the language of the run."""
        language.use(self.language)
        assignment = self.settings.applied(self.name, course.declared(self.name))
        built = key.rebuilt(assignment, self.answers, self.seed)
        reference, handout = course.reference(self.name), course.handout(self.name)
        grader = Grader(assignment, reference, built, sandbox, self.limits, handout)
        return Judge(grader, self.facts)


def recipe(judge: Judge, seed: int, settings: Settings) -> Recipe:
    """The recipe of a judge whose key was built with a seed, for an assignment with the changes of a course."""
    grader = judge.grader
    return Recipe(
        grader.assignment.name,
        seed,
        key.answers(grader.key),
        grader.limits,
        judge.facts,
        language.current(),
        settings,
    )


@dataclass(frozen=True)
class Walls:
    """A sandbox that was found to hold on this machine, for other processes of it: its name, whether its boxes are
    `fresh`, and the `protected` paths, which cannot be read in them."""

    name: str
    fresh: bool
    protected: tuple[Path, ...]

    @classmethod
    def like(cls, sandbox: Sandbox, protected: Sequence[Path]) -> Walls:
        """The walls of a sandbox."""
        fresh = isinstance(sandbox, Bubblewrap | Landlock) and sandbox.fresh
        return cls(sandbox.name, fresh, tuple(protected))

    def sandbox(self) -> Sandbox:
        """A sandbox of this process's own."""
        return known_to_hold(self.name, self.protected, fresh=self.fresh)
