"""A job in the student's own words: a few lines of Python that show a result again, in a notebook."""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from grader.box.program import Expr, Step
from grader.drivers.exercise import Case, Exercise
from grader.drivers.quantity import Quantity
from grader.language import _
from grader.model import Array

_MOST = 600
"""Numbers of all inputs together that are written down; nobody copies more."""

_MOST_WANTED = 60
_WIDTH = 100
_DIGITS = 8
_KEPT = 512
_ACTING = frozenset({"call", "apply", "set", "put", "either"})


T = TypeVar("T")


class _Unspoken(Exception):
    """An expression that has no spelling of its own."""


def snippet(
    exercise: Exercise, case: Case, quantity: Quantity, names: Mapping[str, str], wanted: Array | None = None
) -> str:
    """Lines that make the inputs of a case, do what is done in it, and print the quantity.

    `names` are the student's names of exercises; `wanted`, if given, is said behind it. Empty for a quantity that no
    step gives, for steps that Python cannot say in a line each, and for inputs that are too large.
    """
    lines = _told(_Same(exercise), _Same(case), quantity, tuple(names.items()))
    return "\n".join([*lines, *([] if wanted is None or not lines else _remark(wanted))])


@dataclass(frozen=True, eq=False)
class _Same(Generic[T]):
    """Something that is told apart as an object."""

    thing: T

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.thing is other.thing

    def __hash__(self) -> int:
        return id(self.thing)


@functools.lru_cache(_KEPT)
def _told(
    same_exercise: _Same[Exercise],
    same_case: _Same[Case],
    quantity: Quantity,
    names: tuple[tuple[str, str], ...],
) -> Sequence[str]:
    """The lines, which much of a class is told, without the last."""
    exercise, case = same_exercise.thing, same_case.thing
    arguments = exercise.arguments(case.arrays)
    steps = _needed(exercise.steps(arguments), quantity.step)
    speaker = _Speaker(list(case.arrays), dict(names), steps)
    try:
        lines = list(_lines(speaker, steps, quantity))
    except _Unspoken:
        return []
    used = {name: array for name, array in case.arrays.items() if name in speaker.used}
    if not lines or sum(array.size for array in used.values()) > _MOST:
        return []
    inputs = [_assigned(name, array, arguments[name][0]) for name, array in used.items()]
    imports = ["import numpy as np", ""] if any("np." in line for line in inputs) else []
    return [*imports, *inputs, *lines]


def _remark(wanted: Array) -> list[str]:
    if wanted.ndim == 0:
        return ["# " + _("should be {value:.8g}").format(value=wanted.item())]
    text = _("should have the shape {shape}").format(shape=wanted.shape)
    if wanted.size > _MOST_WANTED:
        return [f"# {text}"]
    values = np.array2string(wanted, max_line_width=_WIDTH).split("\n")
    return ["# " + _("{text} and these values:").format(text=text), *(f"# {line}" for line in values)]


def _needed(steps: Sequence[Step], last: str) -> list[Step]:
    """The steps up to the one named `last`, without those that only look at something nobody uses."""
    names = [step.name for step in steps]
    if last not in names:
        return []
    chosen = list(steps[: names.index(last) + 1])
    for step in reversed(chosen[:-1]):
        used = any(slot == step.name for other in chosen if other is not step for slot in _slots(other.expr))
        if step.expr[0] not in _ACTING and not used:
            chosen.remove(step)
    return chosen


def _slots(expr: object) -> Iterator[str]:
    if isinstance(expr, list):
        if len(expr) == 2 and expr[0] == "slot":
            yield expr[1]
        for part in expr:
            yield from _slots(part)


def _lines(speaker: _Speaker, steps: Sequence[Step], quantity: Quantity) -> Iterator[str]:
    for step in steps:
        if step is steps[-1]:
            shown = speaker.spoken(step.expr)
            for at in quantity.path:
                shown = ast.Subscript(shown, ast.Constant(at.key), ast.Load())
            yield f"print({ast.unparse(shown)})"
        elif step.expr[0] in ("set", "put"):
            yield speaker.assignment(step.expr)
        else:
            text = ast.unparse(speaker.spoken(step.expr))
            used = any(slot == step.name for other in steps for slot in _slots(other.expr))
            yield f"{speaker.slot(step.name)} = {text}" if used else text


class _Speaker:
    """Says expressions of jobs in Python. `used` are the names of the arrays that were spoken of."""

    def __init__(self, arrays: Sequence[str], names: Mapping[str, str], steps: Sequence[Step]) -> None:
        self._arrays = arrays
        self._names = names
        self._times = Counter(index for step in steps for index in _indices(step.expr))
        self.used: set[str] = set()

    def slot(self, name: str) -> str:
        """The variable of an earlier step."""
        variable = _variable(name)
        return f"{variable}_" if variable in map(_variable, self._arrays) else variable

    def assignment(self, expr: Expr) -> str:
        """``owner.name = value`` or ``owner[key] = value``."""
        owner, key, value = expr[1:]
        target: ast.expr
        if expr[0] == "set":
            target = ast.Attribute(self.spoken(owner), key[0], ast.Store())
        else:
            target = ast.Subscript(self.spoken(owner), _constant(key), ast.Store())
        return f"{ast.unparse(target)} = {ast.unparse(self.spoken(value))}"

    def spoken(self, expr: Expr) -> ast.expr:
        """The expression in Python. Raises _Unspoken."""
        match expr:
            case ["exercise" | "part", str(name)]:
                return ast.parse(self._names.get(name, name), mode="eval").body
            case ["array" | "scalar" | "sizes" as kind, int(index)]:
                return self._array(kind, index)
            case ["value", literal]:
                return ast.Constant(literal)
            case ["tuple", *numbers]:
                return ast.Tuple([ast.Constant(number) for number in numbers], ast.Load())
            case ["list", *items]:
                return ast.List([self.spoken(item) for item in items], ast.Load())
            case ["slot", str(name)]:
                return ast.Name(self.slot(name), ast.Load())
            case ["attr", target, str(name), *_others]:
                return ast.Attribute(self.spoken(target), name, ast.Load())
            case ["item", target, key]:
                return ast.Subscript(self.spoken(target), _constant(key), ast.Load())
            case ["call", callee, *args]:
                return ast.Call(self.spoken(callee), [self.spoken(arg) for arg in args], [])
            case ["apply", callee, dict(named)]:
                return ast.Call(self.spoken(callee), [self.spoken(arg) for arg in named.values()], [])
            case ["either", first, _second]:
                return self.spoken(first)
            case ["descend", start, gradient, rate]:
                return self._difference(
                    start, ast.BinOp(self.spoken(rate), ast.Mult(), self.spoken(gradient))
                )
            case ["change", old, new, rate]:
                return ast.BinOp(self._difference(old, self.spoken(new)), ast.Div(), self.spoken(rate))
        raise _Unspoken

    def _difference(self, left: Expr, right: ast.expr) -> ast.expr:
        plain = self._named(left[1]) if left[0] == "array" else self.spoken(left)
        return ast.BinOp(plain, ast.Sub(), right)

    def _array(self, kind: str, index: int) -> ast.expr:
        variable = self._named(index)
        if kind == "array" and self._times[index] > 1:
            # As in the grader, nothing that is done to one of them is seen in the other.
            return ast.Call(ast.Attribute(variable, "copy", ast.Load()), [], [])
        return variable

    def _named(self, index: int) -> ast.expr:
        self.used.add(self._arrays[index])
        return ast.Name(_variable(self._arrays[index]), ast.Load())


def _constant(key: object) -> ast.expr:
    """A key of a job, in which a tuple is a list."""
    if isinstance(key, list):
        return ast.Tuple([_constant(part) for part in key], ast.Load())
    if isinstance(key, str | int | float):
        return ast.Constant(key)
    raise _Unspoken


def _indices(expr: object) -> Iterator[int]:
    if isinstance(expr, list):
        if len(expr) == 2 and expr[0] == "array":
            yield expr[1]
        for part in expr:
            yield from _indices(part)
    elif isinstance(expr, dict):
        for part in expr.values():
            yield from _indices(part)


def _variable(name: str) -> str:
    """``weights_of_first`` for an array or a step of the name ``weights of first``."""
    return re.sub(r"\W", "_", name)


def _assigned(name: str, array: Array, kind: str) -> str:
    """``x = np.array(...)``, with as many digits as tell a right result from a wrong one."""
    start = f"{_variable(name)} = "
    if kind == "sizes":
        return f"{start}{tuple(array.tolist())}"
    if kind == "scalar":
        return f"{start}{array.item():.{_DIGITS}g}"
    text = np.array2string(
        array,
        separator=", ",
        precision=_DIGITS,
        floatmode="maxprec",
        threshold=sys.maxsize,
        max_line_width=_WIDTH,
        prefix=f"{start}np.array(",
    )
    return f"{start}np.array({text})"
