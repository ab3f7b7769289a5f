"""What is asked of a submission: the ordinary cases of an exercise, and the probes beside them.

Arrays are drawn in two stages, because a gradient from above has the shape of an output, which only the
reference tells: `settings` draws the arguments, `Setting.completed` adds ``dout``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from grader import draw
from grader.box.program import Job, Step
from grader.drivers.exercise import Case, Exercise, Quantity, arguments, job
from grader.drivers.layer import Layer, Loss
from grader.model import Array

AGAIN_MARK = " again"
AFTER_MARK = " after"


class Tag(Enum):
    """What an ask is about."""

    CASE = "case"
    AGAIN = "again"
    TWICE = "twice"
    ALONE = "alone"
    LABELS = "labels"
    COLUMN = "column"
    RANK = "rank"
    ONE = "one"
    LARGE = "large"
    UPSTREAM = "upstream"


SCORED = (Tag.CASE, Tag.AGAIN, Tag.LABELS, Tag.RANK)
"""Asked on hidden cases too; they come first, so that a death in a probe never costs a value."""


@dataclass(frozen=True)
class Ask:
    """A job, and what is read from its reply."""

    tag: Tag
    case: Case
    job: Job
    reads: tuple[Quantity, ...]


@dataclass(frozen=True)
class Setting:
    """A case that still lacks its gradient from above."""

    tag: Tag
    exercise: Exercise
    case: Case

    def bare(self) -> Job:
        """The forward pass alone."""
        return job(self.exercise.forward(arguments(self.case.arrays)), self.case.arrays)

    def completed(self, shape: tuple[int, ...], rng: np.random.Generator) -> Ask:
        """The ask, with a ``dout`` of the output's shape where one is needed."""
        arrays = dict(self.case.arrays)
        if self.exercise.seed_gradient:
            unit = isinstance(self.exercise, Loss) and self.tag is not Tag.UPSTREAM
            for name in ["dout", *(["dout" + AGAIN_MARK] if self.tag is Tag.AGAIN else [])]:
                arrays[name] = np.array(1.0) if unit else draw.upstream(rng, shape)
        case = replace(self.case, arrays=arrays)
        steps, reads = _steps(self.tag, self.exercise, arrays)
        return Ask(self.tag, case, job(steps, arrays), reads)


def settings(exercise: Exercise, seed: int, *, public: bool) -> list[Setting]:
    """All settings that this seed gives, scored ones first, the smallest case first."""
    kind = "public" if public else "hidden"

    def drawn(tag: Tag, number: int, sizes: draw.Sizes, draws: Mapping[str, draw.Draw]) -> dict[str, Array]:
        return draw.sample_all(draws, draw.generator(seed, exercise.name, tag.value, number), sizes)

    tables = draw.sizes_of(list(exercise.draws.values()))
    cases = [drawn(Tag.CASE, number, sizes, exercise.draws) for number, sizes in enumerate(tables)]
    found = [(Tag.CASE, arrays) for arrays in cases]
    found += _of_first(exercise, cases[0], drawn(Tag.AGAIN, 0, tables[0], exercise.inputs), public=public)
    if isinstance(exercise, Layer) and exercise.flattens:
        found.append(
            (Tag.RANK, _higher_rank(exercise, drawn(Tag.RANK, 0, _rank_sizes(exercise), exercise.draws)))
        )
    if public and exercise.large:
        ordinary = {name: one for name, one in exercise.draws.items() if name not in exercise.large}
        found.append((Tag.LARGE, drawn(Tag.LARGE, 0, tables[0], {**exercise.large, **ordinary})))
    batch = next(iter(exercise.inputs.values())).axes[:1]
    if public and batch:
        one = drawn(Tag.ONE, 0, {**tables[0], batch[0]: 1}, exercise.draws)
        found.append((Tag.ONE, one if exercise.methods else {name: array[0] for name, array in one.items()}))
    found.sort(key=lambda pair: pair[0] not in SCORED)
    return [
        Setting(tag, exercise, Case(f"{kind} case {number + 1}", public, arrays))
        for number, (tag, arrays) in enumerate(found)
    ]


def differences(exercise: Exercise, case: Case, of: str, points: Array) -> Job:
    """The student's own output at all `points` (2 n, *shape) of the argument `of`, in one job."""
    arrays = {**case.arrays, of: points}
    *before, last = exercise.forward(arguments(arrays, stacked=of))
    expr = last.expr
    for key in exercise.output.path:
        expr = ["item", expr, key]
    return job((*before, Step(last.name, expr)), arrays, stacked=of, variants=len(points))


def _of_first(
    exercise: Exercise, first: dict[str, Array], second: dict[str, Array], *, public: bool
) -> Iterator[tuple[Tag, dict[str, Array]]]:
    """The settings that look at the first case in another way; `second` are other inputs of the same sizes."""
    if exercise.methods:
        yield Tag.AGAIN, {**first, **{name + AGAIN_MARK: array for name, array in second.items()}}
    if exercise.labels:
        numbers = first[exercise.labels].argmax(axis=-1)
        yield Tag.LABELS, {**first, exercise.labels: numbers}
        if public:
            yield Tag.COLUMN, {**first, exercise.labels: numbers[:, None]}
    if public:
        yield Tag.ALONE, first
    if public and exercise.methods:
        yield Tag.TWICE, first
    if public and isinstance(exercise, Loss):
        yield Tag.UPSTREAM, first


def _rank_sizes(exercise: Layer) -> draw.Sizes:
    """Sizes whose flattened axis is 2 x 4, all five sizes different."""
    sizes = dict(draw.sizes_of(list(exercise.draws.values()))[-1])
    sizes[exercise.inputs[exercise.flattens].axes[1]] = 8
    return sizes


def _higher_rank(exercise: Layer, arrays: dict[str, Array]) -> dict[str, Array]:
    x = arrays[exercise.flattens]
    return {**arrays, exercise.flattens: x.reshape(len(x), 2, 4)}


def _steps(
    tag: Tag, exercise: Exercise, arrays: Mapping[str, Array]
) -> tuple[tuple[Step, ...], tuple[Quantity, ...]]:
    args = arguments(arrays)
    if tag is Tag.ALONE:
        holds = tuple(Step("held " + name, args[name], wanted=False) for name in arrays)
        held = {name: ["slot", "held " + name] for name in arrays}
        looks = tuple(Step(name + AFTER_MARK, held[name]) for name in arrays)
        reads = tuple(Quantity(name, name + AFTER_MARK) for name in arrays)
        return (*holds, *exercise.steps(held), *looks), reads
    if isinstance(exercise, Layer) and tag is Tag.TWICE:
        second = tuple(replace(s, name=s.name + AGAIN_MARK) for s in exercise.backward_steps(args))
        reads = tuple(
            replace(q, name=q.name + AGAIN_MARK, step=q.step + AGAIN_MARK) for q in exercise.gradients
        )
        return (*exercise.steps(args), *second), (*exercise.gradients, *reads)
    if isinstance(exercise, Layer) and tag is Tag.AGAIN:
        first = tuple(
            replace(step, name="first " + step.name, wanted=False) for step in exercise.steps(args)[1:]
        )
        later = {**args, **{name: args[name + AGAIN_MARK] for name in [*exercise.inputs, "dout"]}}
        made, *again = exercise.steps(later)
        return (made, *first, *again), exercise.quantities
    return exercise.steps(args), exercise.quantities
