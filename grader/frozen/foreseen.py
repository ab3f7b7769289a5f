"""What mistakes would lead to at the public cases: hypotheses as arrays, without the formulas behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.box.program import Definition
from grader.checks import Record, Trial
from grader.diagnosis import Reckoner
from grader.diagnosis.history import recollections
from grader.diagnosis.hypotheses import EXACT, Hypothesis, Prediction, hypotheses
from grader.diagnosis.naming import RULES, SECOND_CALL
from grader.drivers import Exercise
from grader.key import Entry
from grader.model import Array
from grader.numeric import closeness

_NO_LIMITS = (float("-inf"), float("inf"))


Value = Array | Prediction | None
"""A prediction; the array alone where it has no free constants."""


@dataclass(frozen=True)
class Foreseen:
    """A hypothesis: by quantity its value in each case, none at all where they are the right ones.

    `limits` is empty where there are none; the rest is as in `Hypothesis`.
    """

    id: str
    cost: float
    values: Mapping[str, tuple[Value, ...]]
    everywhere: bool = False
    limits: tuple[float, ...] = ()


@dataclass(frozen=True)
class Group:
    """The hypotheses about some cases of an exercise, which go by their labels."""

    labels: tuple[str, ...]
    hypotheses: tuple[Foreseen, ...]


def foreseen(exercise: Exercise, entries: Sequence[Entry]) -> tuple[Group, ...]:
    """All hypotheses about the public cases of an exercise, by what is asked."""
    trials = [Trial(entry.ask.tag, entry.ask.case, {}, entry.wanted) for entry in entries]
    record = Record(exercise, [Definition(exercise.name)], trials)
    groups = []
    for tag in dict.fromkeys(trial.tag for trial in trials):
        asked = record.of(tag)
        if tag == SECOND_CALL:
            found = list(_remembered(exercise, asked))
        else:
            found = list(_kept(exercise, asked)) if tag not in RULES else []
        if found:
            labels = tuple(trial.case.label for trial in asked)
            groups.append(Group(labels, tuple(_distinct(found))))
    return tuple(groups)


@dataclass(frozen=True)
class Remembering(Reckoner):
    """A reckoner that looks up what was foreseen, by exercise, and reckons nothing."""

    foreseen: Callable[[str], Sequence[Group]] = lambda _name: ()

    def of(self, record: Record, trials: Sequence[Trial]) -> Sequence[Hypothesis]:
        key = record.exercise.name, *(trial.case.label for trial in trials)
        if key not in self._known:
            groups = {group.labels: group.hypotheses for group in self.foreseen(record.exercise.name)}
            self._known[key] = tuple(_thawed(one, trials) for one in groups.get(key[1:], ()))
        return self._known[key]


def _kept(exercise: Exercise, trials: Sequence[Trial]) -> Iterator[Foreseen]:
    """The hypotheses that change anything."""
    for one in hypotheses(exercise, trials):
        values = {name: _values(one, name, trials) for name in sorted(one.reaches)}
        if any(values.values()):
            limits = () if one.limits == _NO_LIMITS else one.limits
            yield Foreseen(one.id, one.cost, values, one.everywhere, limits)


def _values(one: Hypothesis, name: str, trials: Sequence[Trial]) -> tuple[Value, ...]:
    found = [one.at(name, number) for number in range(len(trials))]
    if all(map(_is_right, found, (trial.wanted.get(name) for trial in trials))):
        return ()
    return tuple(p if p is None or p.slopes else p.base for p in found)


def _is_right(prediction: Prediction | None, wanted: Array | None) -> bool:
    return (
        prediction is not None
        and wanted is not None
        and not prediction.slopes
        and prediction.base.shape == wanted.shape
        and closeness.error(prediction.base, wanted) <= EXACT
    )


def _remembered(exercise: Exercise, trials: Sequence[Trial]) -> Iterator[Foreseen]:
    """What a second call on one instance gives where something of the first is in it."""
    for quantity in exercise.quantities:
        for id, cost, arrays in recollections(exercise, quantity.name, trials):
            yield Foreseen(id, cost, {quantity.name: tuple(arrays)})


def _distinct(found: Sequence[Foreseen]) -> Iterator[Foreseen]:
    """Of several that predict the same under the same name, the cheapest."""
    taken = set()
    for one in sorted(found, key=lambda one: one.cost):
        content = (
            one.id,
            one.everywhere,
            one.limits,
            *((name, *map(_content, all)) for name, all in one.values.items()),
        )
        if content not in taken:
            taken.add(content)
            yield one


def _content(value: Value) -> tuple[object, ...]:
    arrays = (
        (value.base, *value.slopes) if isinstance(value, Prediction) else () if value is None else (value,)
    )
    return tuple((array.shape, array.tobytes()) for array in arrays)


def _thawed(one: Foreseen, trials: Sequence[Trial]) -> Hypothesis:
    known: dict[tuple[str, int], Prediction | None] = {}
    for name, values in one.values.items():
        for number, value in enumerate(values or [trial.wanted[name] for trial in trials]):
            known[name, number] = Prediction(value) if isinstance(value, np.ndarray) else value
    low, high = one.limits or _NO_LIMITS
    return Hypothesis(
        one.id, one.cost, frozenset(one.values), _nothing_new, one.everywhere, (low, high), known
    )


def _nothing_new(name: str, number: int) -> Prediction:
    raise ValueError(f"nothing is foreseen for {name} in case {number}")
