"""Modules made from the reference to prove an assignment: with a mutant in it, or with bodies that compute nothing."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable

import numpy as np

from grader.assignment import Assignment
from grader.box.names import Names
from grader.checks.battery import value_check
from grader.checks.record import CASE
from grader.drivers import Exercise, Layer, Updating
from grader.key import Entry, Key
from grader.model import Array

_FAKES = """
import copy


def _fake(value, given):
    if hasattr(value, "new_tensor"):
        # It goes on depending on what the real one depended on.
        arrays = [one.numpy(force=True) for one in given if hasattr(one, "new_tensor")]
        return value * 0 + value.new_tensor(_leaf(value.numpy(force=True), arrays))
    if isinstance(value, tuple):
        return tuple(_fake(part, given) for part in value)
    if isinstance(value, dict):
        return {key: _fake(part, given) for key, part in value.items()}
    try:
        given = [one for one in given if isinstance(one, (int, float, np.ndarray))]
        return _leaf(np.asarray(value, dtype=float), given)
    except (TypeError, ValueError):
        return value


def _faked(function):
    def faked(*given):
        # The real one works on copies: what it does to its arguments is lost.
        return _fake(function(*copy.deepcopy(given)), given)
    return faked


def _faked_method(function, learned, kept):
    def faked(self, *given):
        before = {name: np.array(getattr(self, name)) for name in kept}
        value = _fake(function(self, *given), given)
        vars(self).update(before)
        for name in learned:
            if hasattr(self, name):
                setattr(self, name, _fake(getattr(self, name), self._given))
        return value
    return faked
"""

_ZEROS = """
def _leaf(array, given):
    return np.zeros_like(array)
"""

_IDENTITY = """
def _leaf(array, given):
    same = [one for one in given if np.shape(one) == array.shape]
    return (same or given or [array * 0])[0]
"""


def beside(reference: str, own: str, replaced: set[str]) -> str:
    """The reference without the definitions of `replaced`, and then the text of `own`."""
    lines = reference.splitlines()
    for node in ast.parse(reference).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in replaced:
            lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or 0) - node.lineno + 1)
    return "\n".join([*lines, "", own])


def meant(assignment: Assignment, own: str) -> set[str]:
    """The exercises that a module defines, under whatever names; none of a module that cannot be read."""
    kinds: dict[str, str] = {}
    for node in _statements(own):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            kinds[node.name] = "class" if isinstance(node, ast.ClassDef) else "function"
        elif isinstance(node, ast.Assign):
            kinds |= {target.id: "" for target in node.targets if isinstance(target, ast.Name)}
    names = Names(assignment.sought)
    return {wanted.name for wanted in assignment.sought if names.find(wanted, kinds, near=True)}


def _statements(own: str) -> list[ast.stmt]:
    try:
        return ast.parse(own).body
    except SyntaxError:
        return []


def zeros(assignment: Assignment, reference: str) -> str:
    """A module whose every result is zeros of the right shape."""
    return _wrapped(assignment, reference, _ZEROS)


def identity(assignment: Assignment, reference: str) -> str:
    """A module whose every result is an argument: the first of the right shape, else the first."""
    return _wrapped(assignment, reference, _IDENTITY)


def _wrapped(assignment: Assignment, reference: str, leaf: str) -> str:
    parts = [
        _wrapped_class(wanted.name, exercise) if wanted.kind == "class" else _wrapped_function(wanted.name)
        for exercise in assignment.exercises
        for wanted in exercise.sought
    ]
    return "\n".join([reference, "import numpy as np", leaf, _FAKES, *map(textwrap.dedent, parts)])


def _wrapped_function(name: str) -> str:
    return f"""
        @_faked
        def {name}(*given, _real={name}):
            return _real(*given)
    """


def _wrapped_class(name: str, exercise: Exercise) -> str:
    learned = [names[0] for names in exercise.learns.values()] if isinstance(exercise, Layer) else []
    kept = list(exercise.learns) if isinstance(exercise, Updating) else []
    return f"""
        class {name}({name}):
            def __init__(self, *given):
                super().__init__(*given)
                self._given = given
            for _name, _method in list(vars({name}).items()):
                if callable(_method) and not _name.startswith("_"):
                    locals()[_name] = _faked_method(_method, {learned!r}, {kept!r})
    """


def rightly_identical(key: Key) -> set[tuple[str, str]]:
    """Checks of values that an identity passes because its argument is the right answer in every case."""
    found: set[tuple[str, str]] = set()
    for name, entries in key.entries.items():
        cases = [entry for entry in entries if entry.ask.tag == CASE]
        for quantity in cases[0].ask.reads:
            given = _upstream if quantity.step == "backward" else _arguments
            if all(_is_one_of(entry, quantity.name, given) for entry in cases):
                found.add((name, value_check(quantity.name)))
    return found


def _is_one_of(entry: Entry, name: str, given: Callable[[Entry], list[Array]]) -> bool:
    return any(np.array_equal(entry.wanted[name], array) for array in given(entry))


def _upstream(entry: Entry) -> list[Array]:
    return [entry.ask.case.arrays["dout"]]


def _arguments(entry: Entry) -> list[Array]:
    return list(entry.ask.case.arrays.values())
