"""Families make mistakes of the catalogue, of every derivation, and never nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterable

import pytest

from grader.checks.record import CASE
from grader.diagnosis import MISTAKES
from grader.diagnosis.expression import names, parse
from grader.diagnosis.families import DROPPED, FREE, Setting, edits
from grader.diagnosis.hypotheses import hypotheses, right_values, setting_of
from grader.drivers import Exercise
from grader.drivers.derivation import ROLES
from grader.numeric import closeness
from tests.courses import NAMES, assignment
from tests.diagnosis.squares import shipped_record, square, square_trials

DERIVED = [
    pytest.param(name, exercise.name, id=f"{name}/{exercise.name}")
    for name in NAMES
    for exercise in assignment(name).exercises
    if exercise.derivation
]
KNOWN_ROLES = {*ROLES.values(), "kernel"}
every_derivation = pytest.mark.parametrize(("name", "exercise"), DERIVED)


def shipped(name: str, exercise: str) -> tuple[Exercise, Setting]:
    record = shipped_record(name, exercise)
    derivation = record.exercise.derivation
    assert derivation is not None
    return record.exercise, setting_of(record.exercise, derivation, record.of(CASE)[0].case)


@every_derivation
def test_what_families_make_is_in_the_catalogue_and_changes_something(name: str, exercise: str) -> None:
    _exercise, setting = shipped(name, exercise)
    for edit in edits(setting):
        assert edit.id in MISTAKES
        assert edit.cost > 0
        for target, tree in edit.trees.items():
            assert ast.dump(tree) != ast.dump(setting.trees[target])


@every_derivation
def test_names_of_a_derivation_are_known_and_used(name: str, exercise: str) -> None:
    own, setting = shipped(name, exercise)
    derivation = own.derivation
    assert derivation is not None
    results = {quantity.name for quantity in own.quantities}
    used = set().union(*(names(tree) for tree in setting.trees.values()))
    assert setting.trees.keys() <= results | used
    assert set(derivation.roles.values()) <= KNOWN_ROLES
    assert derivation.roles.keys() <= setting.trees.keys() | used | setting.inputs
    for mistake in derivation.mistakes:
        assert mistake.id in MISTAKES
        assert mistake.formulas.keys() <= setting.trees.keys()


@every_derivation
def test_a_derivation_gives_the_values_of_the_reference(name: str, exercise: str) -> None:
    record = shipped_record(name, exercise)
    single = bool(assignment(name).requires)
    for trial in record.of(CASE):
        values = right_values(record.exercise, trial.case)
        assert values
        for one, value in values.items():
            assert closeness.error(value, trial.wanted[one]) <= (2e-5 if single else 1e-9)


@every_derivation
def test_mistakes_of_an_author_differ_from_what_is_right(name: str, exercise: str) -> None:
    record = shipped_record(name, exercise)
    trials, derivation = record.of(CASE), record.exercise.derivation
    assert derivation is not None
    free = [mistake for mistake in derivation.mistakes if _constants(mistake.formulas.values())]
    fixed = [one for one in hypotheses(record.exercise, trials) if one.cost == 0.9]
    assert len(fixed) == len(derivation.mistakes) - len(free)
    for one in fixed:
        pairs = [
            (predicted.base, trial.wanted[quantity])
            for quantity in one.reaches
            for number, trial in enumerate(trials)
            if (predicted := one.at(quantity, number)) is not None
        ]
        assert any(a.shape != b.shape or closeness.error(a, b) > closeness.ROUGH for a, b in pairs)


def _constants(formulas: Iterable[str]) -> set[str]:
    """The names of fitted constants in formulas."""
    return {word for text in formulas for word in names(parse(text)) & FREE.keys()}


def test_every_role_has_a_name_for_what_is_left_out() -> None:
    assert set(DROPPED.values()) <= MISTAKES.keys()
    assert set(DROPPED) >= set(ROLES.values())


def test_formulas_that_are_not_right_make_no_hypotheses() -> None:
    reached = {name for one in hypotheses(square(slope="3 * x"), square_trials()) for name in one.reaches}
    assert reached == {"forward"}
