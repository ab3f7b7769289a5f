"""Losses of the form -log(y + eps) are right too, for a small eps that is fitted and not listed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from grader.checks.record import AGAIN, CASE, Record, Trial
from grader.checks.seen import Trouble
from grader.drivers import Exercise, Quantity
from grader.model import Array
from grader.numeric import closeness

LARGEST = 1e-5
_HALVINGS = 60


def loss(y: Array, t: Array, eps: float) -> float:
    """Mean over the rows of -log(p + eps), p being the probability of the row's label."""
    return float(-np.log((y * t).sum(axis=-1) + eps).mean())


def gradient(y: Array, t: Array, eps: float) -> Array:
    """Its gradient with respect to the logits of y = softmax(x): p / (p + eps) * (y - t) / N."""
    p = (y * t).sum(axis=-1, keepdims=True)
    return np.asarray(p / (p + eps) * (y - t) / len(y))


def fitted(record: Record) -> float:
    """The eps in [0, LARGEST] for which the student's loss is this form in every case, else 0."""
    log_of = record.exercise.log_of
    if log_of is None:
        return 0.0
    pairs: list[tuple[Array, Array, float]] = []
    for trial in record.of(CASE):
        got = trial.got[record.exercise.output.name]
        if isinstance(got, Trouble) or got.shape != ():
            return 0.0
        pairs.append((*_rows(*log_of(trial.case.arrays)), float(got)))
    eps = _solve(*pairs[0])
    agrees = all(abs(loss(y, t, eps) - got) <= closeness.ROUGH * abs(got) for y, t, got in pairs)
    return eps if agrees else 0.0


def forms(exercise: Exercise, trial: Trial, quantity: Quantity, eps: float) -> list[Array]:
    """The right values: the reference's, and those with the fitted eps inside the logarithm."""
    plain = trial.wanted[quantity.name]
    if not eps or exercise.log_of is None:
        return [plain]
    arrays = _judged(trial)
    y, t = _rows(*exercise.log_of(arrays))
    if not quantity.of:
        return [plain, np.array(loss(y, t, eps))]
    return [plain, arrays.get("dout", np.array(1.0)) * gradient(y, t, eps)]


def _judged(trial: Trial) -> Mapping[str, Array]:
    """The arguments of the call whose results are judged: of two in a row, the second."""
    arrays = trial.case.arrays
    return {name: arrays.get(name + AGAIN, array) for name, array in arrays.items()}


def _rows(y: Array, t: Array) -> tuple[Array, Array]:
    """Probabilities and one-hot labels as matrices, whatever form the labels came in."""
    y = np.atleast_2d(y)
    return y, np.eye(y.shape[1])[t.ravel()] if t.dtype.kind in "iu" else np.atleast_2d(t)


def _solve(y: Array, t: Array, got: float) -> float:
    """By bisection: the loss falls as eps grows."""
    low, high = 0.0, LARGEST
    if not loss(y, t, high) <= got <= loss(y, t, low):
        return 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if loss(y, t, middle) > got else (low, middle)
    return high
