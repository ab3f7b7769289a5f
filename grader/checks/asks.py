"""What is asked of a submission: the ordinary cases of an exercise, and its probes.

Arrays are drawn in two stages, because a gradient from above has the shape of an output, which only the
reference tells: `settings` draws the arguments, `Setting.completed` adds ``dout``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from grader import draw
from grader.box.program import Job, Step
from grader.checks.probe import Cases, Probe, plain
from grader.checks.probes import probes_of
from grader.checks.record import AGAIN, CASE
from grader.drivers import Case, Exercise, Loss, Quantity
from grader.drivers.exercise import job
from grader.model import Array


@dataclass(frozen=True)
class Ask:
    """A job, and what is read from its reply. `tag` is CASE or the name of a probe; `like` as in `Probe`."""

    tag: str
    case: Case
    job: Job
    reads: tuple[Quantity, ...]
    scored: bool
    like: str = ""


@dataclass(frozen=True)
class Setting:
    """A case that still lacks its gradient from above; `probe` is None for an ordinary one."""

    exercise: Exercise
    probe: Probe | None
    case: Case

    @property
    def tag(self) -> str:
        """What it is for."""
        return self.probe.name if self.probe else CASE

    def bare(self) -> Job:
        """The forward pass alone."""
        return job(self.exercise.forward(self.exercise.arguments(self.case.arrays)), self.case.arrays)

    def completed(self, shape: tuple[int, ...], rng: np.random.Generator) -> Ask:
        """The ask, with a ``dout`` of the output's shape where one is needed."""
        arrays = dict(self.case.arrays)
        if self.exercise.seed_gradient:
            unit = isinstance(self.exercise, Loss) and not (self.probe and self.probe.upstream)
            again = any(name.endswith(AGAIN) for name in arrays)
            for name in ["dout", *(["dout" + AGAIN] if again else [])]:
                arrays[name] = np.array(1.0) if unit else draw.upstream(rng, shape)
        steps, reads = (self.probe.steps if self.probe else plain)(self.exercise, arrays)
        case = replace(self.case, arrays=arrays)
        scored = self.probe is None or self.probe.scored
        return Ask(self.tag, case, job(steps, arrays), reads, scored, self.probe.like if self.probe else "")


def settings(exercise: Exercise, seed: int, *, public: bool) -> list[Setting]:
    """All settings that this seed gives; scored ones first, so that a death in another never costs a value."""
    cases = Cases(exercise, seed)
    probes = [probe for probe in probes_of(exercise) if public or probe.scored]
    found: list[tuple[Probe | None, Mapping[str, Array]]] = [
        (None, cases.ordinary(number)) for number in range(len(cases.tables))
    ]
    found += [(probe, probe.arrays(cases)) for probe in sorted(probes, key=lambda probe: not probe.scored)]
    return [
        Setting(exercise, probe, Case(number, public, arrays, probe.call if probe else ""))
        for number, (probe, arrays) in enumerate(found, 1)
    ]


def outputs(exercise: Exercise, case: Case, points: Mapping[str, Array]) -> Job:
    """The student's own output at all `points` (n, *shape) of some arguments, in one job."""
    arrays = {**case.arrays, **points}
    *before, last = exercise.forward(exercise.arguments(arrays, stacked=points))
    expr = last.expr
    for at in exercise.output.path:
        expr = ["item", expr, at.key]
    variants = len(next(iter(points.values())))
    return job((*before, Step(last.name, expr)), arrays, stacked=points, variants=variants)
