"""Which mistake reproduces a student's arrays, in every case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from grader.checks import Record, Trial
from grader.diagnosis.hypotheses import Hypothesis, Prediction
from grader.drivers import Quantity, Updating
from grader.model import Array
from grader.numeric import closeness

DOUBLE, SINGLE = 1e-6, 1e-4
"""Up to these errors a prediction is met, by the precision of what was seen."""

CONTRADICTED = 1.0
"""What it costs a hypothesis to be wrong about another result."""


@dataclass(frozen=True)
class Candidate:
    """A mistake that explains the values."""

    id: str
    cost: float


def best(found: Sequence[Candidate]) -> tuple[str, ...]:
    """The ids of least cost; several where they are equally likely."""
    lowest = min((one.cost for one in found), default=0.0)
    return tuple(dict.fromkeys(one.id for one in found if one.cost <= lowest))


def candidates(
    record: Record, quantity: Quantity, trials: Sequence[Trial], hypotheses: Sequence[Hypothesis]
) -> list[Candidate]:
    """All that explains a quantity in all trials; nothing where it was not seen in one of them."""
    seen = seen_of(trials, quantity.name)
    if seen is None:
        return []
    wanted = [trial.wanted[quantity.name] for trial in trials]
    return [
        *_by_results(record, quantity, seen, trials),
        *_by_values(seen, wanted, _tolerance(record, trials, quantity)),
        *_by_layout(record, quantity, seen, wanted),
        *explained(record, quantity, trials, hypotheses),
    ]


def explained(
    record: Record, quantity: Quantity, trials: Sequence[Trial], hypotheses: Sequence[Hypothesis]
) -> Iterator[Candidate]:
    """The hypotheses that explain a quantity in all trials."""
    seen = seen_of(trials, quantity.name)
    if seen is not None:
        yield from _by_hypotheses(quantity, seen, trials, hypotheses, _tolerance(record, trials, quantity))


def seen_of(trials: Sequence[Trial], name: str) -> list[Array] | None:
    """What was seen of a quantity, as floats; None where it was not an array of finite numbers each time."""
    found = [one.astype(np.float64) for t in trials if isinstance(one := t.got.get(name), np.ndarray)]
    whole = len(found) == len(trials) and all(np.isfinite(one).all() for one in found)
    return found if found and whole else None


def same(got: Sequence[Array], predicted: Sequence[Array], tolerance: float = DOUBLE) -> bool:
    """Whether arrays agree in shape and value, in all cases."""
    return all(
        a.shape == b.shape and closeness.error(a, b) <= tolerance for a, b in zip(got, predicted, strict=True)
    )


def _by_results(
    record: Record, quantity: Quantity, seen: Sequence[Array], trials: Sequence[Trial]
) -> Iterator[Candidate]:
    """Results that stand in each other's place, and steps that were never taken."""
    others = [q.name for q in record.exercise.quantities if q != quantity and q.name in trials[0].wanted]
    own = [trial.wanted[quantity.name] for trial in trials]
    given = [name for name in others if same(seen, [trial.wanted[name] for trial in trials])]
    taken = [name for name in others if (theirs := seen_of(trials, name)) and same(theirs, own)]
    if given and taken:
        yield Candidate("swapped", 0.5)
    learned = isinstance(record.exercise, Updating) and quantity.of in record.exercise.learns
    if learned and not any(one.any() for one in seen):
        yield Candidate("gradient-missing", 0.5)


def _by_values(seen: Sequence[Array], wanted: Sequence[Array], tolerance: float) -> Iterator[Candidate]:
    """The right values rounded, or times a constant."""
    if any(one.shape != other.shape for one, other in zip(seen, wanted, strict=True)):
        return
    if np.ptp(_flat(seen)) > 0:
        cut = [[np.round(one, digits) for one in wanted] for digits in range(9)]
        for rounded in (*cut, [np.trunc(one) for one in wanted], [np.floor(one) for one in wanted]):
            if same(seen, rounded, closeness.FLOOR):
                yield Candidate("rounded", 0.9)
                break
    got, right = _flat(seen), _flat(wanted)
    ratio = float(right @ got) / float(right @ right) if right.any() else 0.0
    if ratio and got.size > 2 and same(seen, [ratio * one for one in wanted], tolerance):
        yield Candidate("sign-flipped", 1.05) if abs(ratio + 1) < tolerance else Candidate("scaled", 2.0)


def _by_layout(
    record: Record, quantity: Quantity, seen: Sequence[Array], wanted: Sequence[Array]
) -> Iterator[Candidate]:
    """The right numbers in another shape or order."""
    if any(one.size != other.size for one, other in zip(seen, wanted, strict=True)):
        return
    if same(seen, [one.T for one in wanted]) and any(one.ndim > 1 for one in wanted):
        yield Candidate("transposed", 0.95)
    elif any(a.shape != b.shape for a, b in zip(seen, wanted, strict=True)) and same(
        [one.ravel() for one in seen], [one.ravel() for one in wanted]
    ):
        flat = quantity.of in record.exercise.inputs and seen[0].ndim < wanted[0].ndim
        yield Candidate("not-reshaped" if flat else "wrong-shape", 0.95)


def _by_hypotheses(
    quantity: Quantity,
    seen: Sequence[Array],
    trials: Sequence[Trial],
    hypotheses: Sequence[Hypothesis],
    tolerance: float,
) -> Iterator[Candidate]:
    for one in hypotheses:
        if quantity.name in one.reaches and met(seen, one, quantity.name, tolerance):
            wrong = [
                name
                for name in one.reaches - {quantity.name}
                if (theirs := seen_of(trials, name)) is not None and not met(theirs, one, name, tolerance)
            ]
            if not (wrong and one.everywhere):
                yield Candidate(one.id, one.cost + CONTRADICTED * bool(wrong))


def _tolerance(record: Record, trials: Sequence[Trial], quantity: Quantity) -> float:
    """Losses may hold a constant in their logarithm, and arrays numbers of 32 bits."""
    got = [trial.got[quantity.name] for trial in trials]
    single = any(isinstance(one, np.ndarray) and one.dtype in (np.float32, np.float16) for one in got)
    return SINGLE if single or record.exercise.forms else DOUBLE


def met(seen: Sequence[Array], hypothesis: Hypothesis, name: str, tolerance: float) -> bool:
    """Whether a hypothesis predicts the values, with the same constants in all cases where it has some."""
    predictions: list[Prediction] = []
    for number, got in enumerate(seen):
        one = hypothesis.at(name, number)
        if one is None or one.base.shape != got.shape:
            return False
        if not one.slopes and closeness.error(got, one.base) > tolerance:
            return False
        predictions.append(one)
    if not predictions[0].slopes:
        return True
    constants = _fitted(seen, predictions)
    low, high = hypothesis.limits
    # Nobody types a 0 for a variable: what looks so is something left out. Limits are not reached, not even nearly.
    within = constants is not None and all(
        low + DOUBLE < one < high - DOUBLE and abs(one) > DOUBLE for one in constants
    )
    if constants is None or not within:
        return False
    return same(
        seen,
        [p.base + sum(c * slope for c, slope in zip(constants, p.slopes, strict=True)) for p in predictions],
        tolerance,
    )


def _fitted(seen: Sequence[Array], predictions: Sequence[Prediction]) -> Array | None:
    """The constants by least squares over all cases; None where the cases do not determine them, and more."""
    if any(len(p.slopes) != len(predictions[0].slopes) for p in predictions):
        return None
    rest = _flat([one - p.base for one, p in zip(seen, predictions, strict=True)])
    matrix = np.stack(
        [_flat(slopes) for slopes in zip(*(p.slopes for p in predictions), strict=True)], axis=1
    )
    if len(rest) < matrix.shape[1] + 1 or np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        return None
    return np.asarray(np.linalg.lstsq(matrix, rest, rcond=None)[0])


def _flat(arrays: Sequence[Array]) -> Array:
    return np.concatenate([one.ravel() for one in arrays])
