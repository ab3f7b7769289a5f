"""What a layer remembers that it should not: values of an earlier call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np

from grader.checks import Record, Trial
from grader.checks.record import AGAIN
from grader.diagnosis.hypotheses import mixed_values, right_values
from grader.diagnosis.matching import Candidate, same, seen_of
from grader.drivers import Exercise, Quantity
from grader.model import Array


def from_call_to_call(quantity: Quantity, trials: Sequence[Trial]) -> Iterator[Candidate]:
    """Ordinary cases, asked one after another: does each hold the one before as well?"""
    seen = seen_of(trials, quantity.name)
    if seen is None:
        return
    numbered = sorted(zip(trials, seen, strict=True), key=lambda one: _number(one[0]))
    added: list[bool] = []
    for _public, group in groupby(numbered, key=lambda one: one[0].case.public):
        run = list(group)
        for (_trial, before), (trial, now) in pairwise(run):
            if before.shape == now.shape == trial.wanted[quantity.name].shape:
                added.append(same([now], [before + trial.wanted[quantity.name]]))
    if len(added) > 1 and all(added):
        yield Candidate("accumulates", 0.8)


def _number(trial: Trial) -> tuple[bool, int]:
    return not trial.case.public, trial.case.number


def on_one_instance(record: Record, quantity: Quantity, trials: Sequence[Trial]) -> Iterator[Candidate]:
    """A second forward and backward: are values of the first in it?"""
    seen = seen_of(trials, quantity.name)
    if seen is not None:
        for id, cost, arrays in recollections(record.exercise, quantity.name, trials):
            if same(seen, arrays):
                yield Candidate(id, cost)


def recollections(
    exercise: Exercise, name: str, trials: Sequence[Trial]
) -> Iterator[tuple[str, float, list[Array]]]:
    """What a quantity is in each second call where something of the first is in it: with id and cost."""
    if exercise.derivation is None or name not in exercise.derivation.formulas:
        return
    first = [right_values(exercise, trial.case)[name] for trial in trials]
    wanted = [trial.wanted[name] for trial in trials]
    yield "accumulates", 0.8, [a + b for a, b in zip(first, wanted, strict=True)]
    olds = [list(_stale(exercise, trial, name)) for trial in trials]
    yield from (("stale-cache", 0.9, stale) for stale in [first, *map(list, zip(*olds, strict=True))])


def _stale(exercise: Exercise, trial: Trial, name: str) -> Iterator[Array]:
    """The second results with all inputs of the first call, or one, or one value in between."""
    before = trial.case
    arrays = {one: array for one, array in before.arrays.items() if not one.endswith(AGAIN)}
    later = {one: before.arrays.get(one + AGAIN, array) for one, array in arrays.items()}
    inputs = [one for one in exercise.inputs if one + AGAIN in before.arrays]
    second = replace(before, arrays=later)
    for kept in (inputs, *([one] for one in inputs)):
        mixture = {**later, **{one: arrays[one] for one in kept}}
        yield right_values(exercise, replace(before, arrays=mixture))[name]
    yield from mixed_values(exercise, replace(before, arrays=arrays), second, name)


def backward_again(record: Record, trials: Sequence[Trial]) -> Iterator[Candidate]:
    """backward called twice: did the second add to the first, or meet something that the first had changed?"""
    wrong = []
    for quantity in record.exercise.gradients:
        first, second = seen_of(trials, quantity.name), seen_of(trials, quantity.name + AGAIN)
        if first is None or second is None:
            return
        if not same(second, first):
            wrong.append(same(second, [2 * one for one in first]) and any(np.any(one) for one in first))
    if wrong:
        yield Candidate("accumulates" if all(wrong) else "cache-corrupted", 1.0)
