"""Functions of an author as data: by their values at the cases of a key, or by the program that they write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from grader.box.program import Expr, Step
from grader.errors import Fault
from grader.model import Array

Arrays = Mapping[str, Array]

_HOLE = "hole"


def stayed_behind(*_: Any) -> Any:
    """Stands for a function that is not needed once the cases are drawn. Raises Fault."""
    raise Fault("a public answer key was asked for what only the instructor's has")


@dataclass(frozen=True)
class Table:
    """A function of arguments by name. `rows` are pairs of arguments and what the function gives for them."""

    rows: tuple[tuple[Arrays, Any], ...]

    def __call__(self, arrays: Arrays) -> Any:
        """The value at the arguments of a case of the key; other names among `arrays` do not matter. Raises Fault."""
        content = _content(arrays, self._names)
        if content not in self._values:
            raise Fault("a public answer key was asked for a case that it does not have")
        return self._values[content]

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self.rows[0][0])

    @cached_property
    def _values(self) -> Mapping[tuple[Any, ...], Any]:
        return {_content(arguments, self._names): value for arguments, value in self.rows}


@dataclass(frozen=True)
class Linear:
    """A function of arguments and one number, linear in that; `ends` has its values at 0 and at 1."""

    ends: Table

    def __call__(self, arrays: Arrays, value: float) -> Arrays:
        zero, one = self.ends(arrays)
        return {name: zero[name] + value * (one[name] - zero[name]) for name in zero}


@dataclass(frozen=True)
class Program:
    """A function that writes steps for arguments; where the steps name one, there is a hole."""

    steps: tuple[Step, ...]

    def __call__(self, args: Mapping[str, Expr]) -> tuple[Step, ...]:
        return tuple(replace(step, expr=_filled(step.expr, args)) for step in self.steps)


def programmed(function: Callable[[Mapping[str, Expr]], tuple[Step, ...]], names: Iterable[str]) -> Program:
    """The program that the function writes for arguments of these names."""
    return Program(tuple(function({name: [_HOLE, name] for name in names})))


def _filled(part: Any, args: Mapping[str, Expr]) -> Any:
    if isinstance(part, list | tuple):
        return args[part[1]] if part and part[0] == _HOLE else [_filled(one, args) for one in part]
    return {key: _filled(one, args) for key, one in part.items()} if isinstance(part, dict) else part


def tabulated(function: Callable[[Arrays], Any], cases: Sequence[Arrays]) -> Table:
    """The function's values at all cases."""
    return Table(tuple((arrays, function(arrays)) for arrays in cases))


def straight(function: Callable[[Arrays, float], Arrays], cases: Sequence[Arrays]) -> Linear:
    """The function at all cases, whatever the number."""
    return Linear(tabulated(lambda arrays: (function(arrays, 0.0), function(arrays, 1.0)), cases))


def _content(arrays: Arrays, names: Sequence[str]) -> tuple[Any, ...]:
    """Equal for equal arguments, and only for those."""
    return tuple((arrays[name].dtype.str, arrays[name].shape, arrays[name].tobytes()) for name in names)
