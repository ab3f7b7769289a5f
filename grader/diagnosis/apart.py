"""Whether a derivation is right, and whether an exercise's cases tell apart the mistakes that can be made in it.

What two mistakes predict has to be the same, or clearly not: where it is nearly the same, what a student reads would
hang on rounding, or on the numbers that were drawn. Hypotheses with constants that are fitted are left out: they rank
behind all that predict the same without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from grader.checks import Trial
from grader.checks.record import CASE
from grader.diagnosis.hypotheses import EXACT, FAILURES, Hypothesis, hypotheses, right_values
from grader.diagnosis.matching import same
from grader.drivers import Exercise
from grader.model import Array
from grader.numeric import closeness

CLEAR = 1e-3
"""Predictions that differ by more than this in one case are told apart."""

RIGHT = "the right values"
"""Stands among the ids for no mistake."""


@dataclass(frozen=True)
class Alike:
    """Two mistakes that make nearly the same of a quantity. One may be `RIGHT`; `error` is the largest of all cases."""

    quantity: str
    mistakes: tuple[str, str]
    error: float


def wrong_formulas(exercise: Exercise, trials: Sequence[Trial]) -> Iterator[str]:
    """Sentences about formulas that do not give the reference's values; such are never used for a diagnosis."""
    if exercise.derivation is None:
        return
    try:
        with np.errstate(all="ignore"):
            given = [right_values(exercise, trial.case) for trial in trials]
    except FAILURES as error:
        yield f"the derivation cannot be reckoned: {error}"
        return
    for name in given[0]:
        pairs = [(values[name], trial.wanted[name]) for values, trial in zip(given, trials, strict=True)]
        if any(a.shape != b.shape or closeness.error(a, b) > closeness.ROUGH for a, b in pairs):
            yield f"the derivation's {name} is not the reference's"


def alike(exercise: Exercise, trials: Sequence[Trial]) -> list[Alike]:
    """The pairs that these trials do not tell apart, each pair of ids once for a quantity. The same is not alike."""
    found = hypotheses(exercise, trials)
    return [
        one
        for name in sorted({name for hypothesis in found for name in hypothesis.reaches})
        for one in _alike(name, _predictions(exercise, trials, found, name))
    ]


def _predictions(
    exercise: Exercise, trials: Sequence[Trial], found: Sequence[Hypothesis], name: str
) -> list[tuple[str, list[Array]]]:
    """What each mistake that changes a quantity makes of it in all cases, and what is right."""
    predictions = [(one.id, arrays) for one in found if (arrays := _fixed(one, name, len(trials)))]
    if exercise.derivation is None or trials[0].tag != CASE:
        return predictions
    right = [right_values(exercise, trial.case)[name] for trial in trials]
    return [(RIGHT, right), *(one for one in predictions if not same(one[1], right, EXACT))]


def _fixed(hypothesis: Hypothesis, name: str, cases: int) -> list[Array]:
    """Its predictions; none where it does not give them in every case, or only up to a constant."""
    if name not in hypothesis.reaches:
        return []
    found = [one for number in range(cases) if (one := hypothesis.at(name, number)) and not one.slopes]
    return [one.base for one in found] if len(found) == cases else []


def _alike(name: str, predictions: Sequence[tuple[str, list[Array]]]) -> Iterator[Alike]:
    groups: dict[tuple[tuple[int, ...], ...], list[tuple[str, list[Array]]]] = {}
    for id, arrays in predictions:
        groups.setdefault(tuple(one.shape for one in arrays), []).append((id, arrays))
    least: dict[tuple[str, str], float] = {}
    for group in groups.values():
        ids = [id for id, _arrays in group]
        for first, errors in enumerate(_errors([arrays for _id, arrays in group])):
            for second in np.flatnonzero((errors > EXACT) & (errors <= CLEAR)):
                pair = ids[first], ids[int(second)]
                if len({*pair}) == 2:
                    least[pair] = min(float(errors[second]), least.get(pair, CLEAR))
    yield from (Alike(name, pair, error) for pair, error in least.items())


def _errors(predictions: Sequence[Sequence[Array]]) -> Iterator[Array]:
    """For each prediction the errors of those after it (0 for the others), the largest over all cases.

    It is the metric of `closeness.error`, of one array and many at a time.
    """
    cases = [np.stack([one.ravel() for one in arrays]) for arrays in zip(*predictions, strict=True)]
    sizes = [np.abs(case).max(axis=1, initial=closeness.FLOOR) for case in cases]
    for first in range(len(predictions)):
        errors = np.zeros(len(predictions))
        for case, size in zip(cases, sizes, strict=True):
            gaps = np.abs(case[first + 1 :] - case[first]).max(axis=1, initial=0.0)
            scales = np.maximum(size[first + 1 :], size[first])
            errors[first + 1 :] = np.maximum(errors[first + 1 :], gaps / scales)
        yield errors
