"""Hypotheses: what would come out of a mistake, in every case, beside what should.

A prediction is a sum: an array, and others times constants that are not known but are the same in all cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from grader.checks import Trial
from grader.diagnosis import expression as ex
from grader.diagnosis.expression import FUNCTIONS, Function, Tree
from grader.diagnosis.families import FREE, Edit, Setting, edits
from grader.draw import Draw
from grader.drivers import Case, Exercise, Extra
from grader.drivers.derivation import ROLES, Derivation
from grader.errors import AssignmentError
from grader.model import Array
from grader.numeric import closeness

EXACT = 1e-9
"""Predictions that differ by less than this in all cases are one and the same."""

FAILURES = (ValueError, TypeError, IndexError, ArithmeticError, AttributeError, AssignmentError)
"""What is raised where a mistake cannot be made with these shapes, or a case lacks a name."""

MOST = 4096
"""Results of more elements than this are not explained: no case is that large, and time is."""


@dataclass(frozen=True)
class Prediction:
    """What comes out in one case: `base` and, for each free constant, what one of it adds."""

    base: Array
    slopes: tuple[Array, ...] = ()


@dataclass(frozen=True)
class Hypothesis:
    """A mistake of the catalogue and its consequences, which are reckoned when they are asked for.

    `reaches` names the quantities that it may change; `everywhere` and `limits` are as in `Edit` and `FREE`.
    """

    id: str
    cost: float
    reaches: frozenset[str]
    reckon: Callable[[str, int], Prediction]
    everywhere: bool = False
    limits: tuple[float, float] = (-np.inf, np.inf)
    _known: dict[tuple[str, int], Prediction | None] = field(default_factory=dict, repr=False)

    def at(self, name: str, number: int) -> Prediction | None:
        """What a quantity would be in a case, by its number; None where that cannot be reckoned."""
        key = name, number
        if key not in self._known:
            try:
                with np.errstate(all="ignore"):
                    found = self.reckon(name, number)
                usable = np.isfinite(found.base).all() and found.base.size <= MOST
                self._known[key] = found if usable else None
            except FAILURES:
                self._known[key] = None
        return self._known[key]


@dataclass(frozen=True)
class Derived:
    """A derivation in one case; `right` keeps the values of formulas that are as they should be."""

    setting: Setting
    functions: Mapping[str, Function]
    arrays: Mapping[str, Any]
    right: dict[str, Any] = field(default_factory=dict)

    def value(self, word: str, changed: Mapping[str, Tree]) -> Array:
        """The value of a name, with some formulas changed. Raises what cannot be reckoned."""
        known: dict[str, Any] = dict(self.arrays)
        waiting: set[str] = set()

        def value_of(one: str) -> Any:
            if one in known:
                return known[one]
            if self.setting.written_with(one).isdisjoint(changed):
                known[one] = self.right[one] if one in self.right else reckoned(one)
                self.right[one] = known[one]
            else:
                known[one] = reckoned(one)
            return known[one]

        def reckoned(one: str) -> Any:
            tree = changed.get(one, self.setting.trees.get(one))
            if tree is None:
                raise AssignmentError(f"a formula speaks of {one}, which is not known")
            if one in waiting:
                raise ValueError(f"{one} is written with itself")
            waiting.add(one)
            return ex.evaluate(tree, value_of, self.functions)

        # The result of an update may have the name of an argument.
        return np.asarray(reckoned(word), dtype=np.float64)


def hypotheses(exercise: Exercise, trials: Sequence[Trial]) -> tuple[Hypothesis, ...]:
    """All that the exercise's derivation gives for these trials, the cheapest first.

    Nothing where the derivation does not give the right values, as with inputs of another format.
    """
    derivation = exercise.derivation
    own = [extra for extra in exercise.extras if extra.mistakes and extra.name == trials[0].tag]
    if own:
        return tuple(_of_an_extra(own[0], trials))
    if derivation is None:
        return ()
    setting = setting_of(exercise, derivation, trials[0].case)
    derived = [_derived(exercise, derivation, setting, trial.case) for trial in trials]
    with np.errstate(all="ignore"):
        right = frozenset(_right(derived, trials))
    made = sorted([*_own(derivation), *edits(setting)], key=lambda edit: edit.cost)
    found = (_hypothesis(edit, setting, derived, right) for edit in made)
    return tuple(one for one in found if one.reaches)


def _of_an_extra(extra: Extra, trials: Sequence[Trial]) -> Iterator[Hypothesis]:
    """What the author says that mistakes lead to."""
    if extra.mistakes is None:
        return
    with np.errstate(all="ignore"):
        cases = [list(extra.mistakes(trial.case.arrays)) for trial in trials]
    for found in zip(*cases, strict=True):
        arrays = [one for _id, one in found]

        def reckon(name: str, number: int, arrays: Sequence[Mapping[str, Array]] = arrays) -> Prediction:
            return Prediction(np.asarray(arrays[number][name], dtype=np.float64))

        yield Hypothesis(found[0][0], 0.9, frozenset(arrays[0]), reckon)


def right_values(exercise: Exercise, case: Case) -> Mapping[str, Array]:
    """What the formulas give for the quantities: a proof of the derivation, and of nothing else."""
    derivation = exercise.derivation
    if derivation is None:
        return {}
    one = _derived(exercise, derivation, setting_of(exercise, derivation, case), case)
    return {q.name: one.value(q.name, {}) for q in exercise.quantities if q.name in one.setting.trees}


def output_of(exercise: Exercise, case: Case) -> Array | None:
    """What the formulas give for the output; None where they cannot be reckoned from these arrays."""
    derivation = exercise.derivation
    if derivation is None or exercise.output.name not in derivation.formulas:
        return None
    one = _derived(exercise, derivation, setting_of(exercise, derivation, case), case)
    try:
        with np.errstate(all="ignore"):
            return one.value(exercise.output.name, {})
    except FAILURES:
        return None


def mixed_values(exercise: Exercise, first: Case, second: Case, name: str) -> Iterator[Array]:
    """The quantity in the second case with one value in between kept from the first, for each such value."""
    derivation = exercise.derivation
    if derivation is None:
        return
    setting = setting_of(exercise, derivation, first)
    one, two = (_derived(exercise, derivation, setting, case) for case in (first, second))
    for word in setting.trees:
        if word != name and all(q.name != word for q in exercise.quantities):
            kept = replace(two, arrays={**two.arrays, word: one.value(word, {})})
            yield kept.value(name, {})


def setting_of(exercise: Exercise, derivation: Derivation, case: Case) -> Setting:
    """The derivation of an exercise, parsed. Raises AssignmentError for a formula that cannot be read."""
    return Setting(
        trees={target: ex.parse(text) for target, text in derivation.formulas.items()},
        roles={**ROLES, **derivation.roles},
        sizes=frozenset(_sizes(exercise, case)),
        gradients={
            q.name: q.of or q.name.removeprefix("d") for q in exercise.quantities if q.name[:1] == "d"
        },
        shapes={name: array.shape for name, array in case.arrays.items()},
        results=frozenset(q.name for q in exercise.quantities),
    )


def _right(derived: Sequence[Derived], trials: Sequence[Trial]) -> Iterator[str]:
    """The quantities whose values the derivation gives."""
    for name in trials[0].wanted:
        if name in derived[0].setting.trees:
            try:
                values = [one.value(name, {}) for one in derived]
            except FAILURES:
                continue
            if all(map(_agrees, values, (trial.wanted[name] for trial in trials))):
                yield name


def _agrees(value: Array, wanted: Array) -> bool:
    return value.shape == wanted.shape and closeness.error(value, wanted) <= closeness.ROUGH


def _own(derivation: Derivation) -> Iterator[Edit]:
    for mistake in derivation.mistakes:
        trees = {name: ex.parse(text) for name, text in mistake.formulas.items()}
        free = any(ex.names(tree) & FREE.keys() for tree in trees.values())
        yield Edit(mistake.id, 2.1 if free else 0.9, trees, mistake.everywhere)


def _derived(exercise: Exercise, derivation: Derivation, setting: Setting, case: Case) -> Derived:
    functions = {**FUNCTIONS, **derivation.functions}
    return Derived(setting, functions, {**_sizes(exercise, case), **case.arrays})


def _sizes(exercise: Exercise, case: Case) -> dict[str, int]:
    """The sizes of the axes in a case, by their names."""
    draws: dict[str, Draw] = {name: one for name, one in exercise.draws.items() if name in case.arrays}
    return {
        axis.name: size
        for name, one in draws.items()
        if len(one.axes) == case.arrays[name].ndim
        for axis, size in zip(one.axes, case.arrays[name].shape, strict=True)
    }


def _hypothesis(
    edit: Edit, setting: Setting, derived: Sequence[Derived], right: frozenset[str]
) -> Hypothesis:
    free = [word for word in FREE if any(word in ex.names(tree) for tree in edit.trees.values())]
    return Hypothesis(
        edit.id,
        edit.cost,
        frozenset(name for name in right if not setting.written_with(name).isdisjoint(edit.trees)),
        lambda name, number: _prediction(derived[number], name, edit, free),
        edit.everywhere,
        FREE[free[0]] if free else FREE["c"],
    )


def _prediction(derived: Derived, name: str, edit: Edit, free: Sequence[str]) -> Prediction:
    def at(*values: float) -> Array:
        constants = {word: ex.number(value) for word, value in zip(free, values, strict=True)}
        return derived.value(name, {**edit.trees, **constants})

    base = at(*[0.0] * len(free))
    slopes = tuple(at(*(float(word == one) for one in free)) - base for word in free)
    # What the quantity does not depend on cannot be fitted; what is not linear in the constants, not like this.
    if any(not slope.any() for slope in slopes):
        slopes = tuple(slope for slope in slopes if slope.any())
    elif slopes and closeness.error(at(*[2.0] * len(free)), base + 2 * sum(slopes)) > EXACT:
        raise ValueError("not linear in the constants")
    return Prediction(base, slopes)
