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
from grader.drivers import Exercise, Layer
from grader.key import Entry, Key
from grader.model import Array

_ZEROS = """
    def _fake(value, given):
        if isinstance(value, tuple):
            return tuple(_fake(part, given) for part in value)
        return np.zeros_like(np.asarray(value, dtype=float))
"""

_IDENTITY = """
    def _fake(value, given):
        if isinstance(value, tuple):
            return tuple(_fake(part, given) for part in value)
        same = [one for one in given if np.shape(one) == np.shape(value)]
        return (same or list(given))[0]
"""


def beside(reference: str, own: str, replaced: set[str]) -> str:
    """The reference without the definitions of `replaced`, and then the text of `own`."""
    lines = reference.splitlines()
    for node in ast.parse(reference).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in replaced:
            lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or 0) - node.lineno + 1)
    return "\n".join([*lines, "", own])


def meant(assignment: Assignment, own: str) -> set[str]:
    """The exercises that a module defines, under whatever names."""
    kinds: dict[str, str] = {}
    for node in ast.parse(own).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            kinds[node.name] = "class" if isinstance(node, ast.ClassDef) else "function"
        elif isinstance(node, ast.Assign):
            kinds |= {target.id: "" for target in node.targets if isinstance(target, ast.Name)}
    names = Names(assignment.sought)
    return {wanted.name for wanted in assignment.sought if names.find(wanted, kinds, near=True)}


def zeros(assignment: Assignment, reference: str) -> str:
    """A module whose every result is zeros of the right shape."""
    return _wrapped(assignment, reference, _ZEROS)


def identity(assignment: Assignment, reference: str) -> str:
    """A module whose every result is an argument: the first of the right shape, else the first."""
    return _wrapped(assignment, reference, _IDENTITY)


def _wrapped(assignment: Assignment, reference: str, fake: str) -> str:
    parts = [
        _wrapped_class(e) if isinstance(e, Layer) else _wrapped_function(e) for e in assignment.exercises
    ]
    return "\n".join([reference, textwrap.dedent(fake), *map(textwrap.dedent, parts)])


def _wrapped_function(exercise: Exercise) -> str:
    name = exercise.name
    return f"""
        _real_{name} = {name}
        def {name}(*given):
            return _fake(_real_{name}(*given), given)
    """


def _wrapped_class(exercise: Layer) -> str:
    name = exercise.name
    learned = [names[0] for names in exercise.learns.values()]
    return f"""
        class {name}({name}):
            def __init__(self, *given):
                super().__init__(*given)
                self._given = given
            def forward(self, *given):
                return _fake(super().forward(*given), given)
            def backward(self, dout=1):
                value = super().backward(dout)
                for name in {learned!r}:
                    setattr(self, name, _fake(getattr(self, name), self._given))
                return _fake(value, (dout,))
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
