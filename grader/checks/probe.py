"""A probe: one look at an exercise beside its ordinary cases, from the arrays that it takes to the question it asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from grader import draw
from grader.box.program import Step
from grader.checks.judgement import Judgement
from grader.checks.record import CASE, Record
from grader.drivers import Exercise, Quantity
from grader.language import Text
from grader.model import Array

Arrays = Mapping[str, Array]
Program = tuple[tuple[Step, ...], tuple[Quantity, ...]]
"""Steps, and the quantities that are read from them."""


@dataclass(frozen=True)
class Cases:
    """What one seed gives for an exercise."""

    exercise: Exercise
    seed: int

    @property
    def tables(self) -> tuple[draw.Sizes, ...]:
        """Sizes of the axes, one table an ordinary case."""
        return self.exercise.tables

    def ordinary(self, number: int) -> dict[str, Array]:
        """The arguments of an ordinary case."""
        return self.fresh(CASE, number, self.tables[number])

    def fresh(
        self, word: str, number: int, sizes: draw.Sizes, draws: Mapping[str, draw.Draw] | None = None
    ) -> dict[str, Array]:
        """Arguments of these sizes that are drawn for the purpose of `word` alone."""
        rng = draw.generator(self.seed, self.exercise.name, word, number)
        return draw.sample_all(self.exercise.draws if draws is None else draws, rng, sizes)


def plain(exercise: Exercise, arrays: Arrays) -> Program:
    """The steps of an ordinary case."""
    return exercise.steps(exercise.arguments(arrays)), exercise.quantities


def always(exercise: Exercise) -> bool:  # noqa: ARG001
    """For probes of every exercise."""
    return True


@dataclass(frozen=True)
class Probe:
    """One look, and the check that it answers.

    name      the check's
    title     its sentence about right code, in the language of the run once it has gone through ``_``
    judge     asks the question of a record; the trials are those whose tag is `name`
    applies   whether an exercise has it
    arrays    the arguments, given the cases of a seed
    steps     what is done with them
    scored    whether it may have points: it is then asked on a hidden case too
    advice    whether it is shown as advice
    upstream  whether the gradient from above differs from 1 for losses too
    call      what is done, in a few words, where it is not the exercise's ordinary call
    like      the probe whose right answers are also this one's, where the reference need not know how
    """

    name: str
    title: Text
    judge: Callable[[Record, str], Judgement]
    arrays: Callable[[Cases], dict[str, Array]]
    applies: Callable[[Exercise], bool] = always
    steps: Callable[[Exercise, Arrays], Program] = plain
    scored: bool = False
    advice: bool = False
    upstream: bool = False
    call: str = ""
    like: str = ""

    def ask(self, record: Record) -> Judgement:
        """The answer that the trials of this probe give."""
        return self.judge(record, self.name)
