"""The reference's parts in the place of a student's, so that what depends on them can be observed alone."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from .modules import Library, Record
from .names import same, spellings
from .program import Wanted
from .search import Search, kind_of, members, plain_function, takes_instance
from .tree import walk
from .units import Unit

_FILE = "<lent>"


class Lending:
    """The lent parts, by exercise.

    Each is compiled alone: its globals hold itself and numpy. It has no source to look at.
    """

    def __init__(
        self, lent: Mapping[str, str], wanted: Sequence[Wanted], library: Library, search: Search
    ) -> None:
        known = {one.name: one for one in wanted}
        self._parts: list[tuple[Wanted, Any]] = []
        for name, text in lent.items():
            part = _compiled(name, text)
            self._parts.append((known.get(name, Wanted(name, kind_of(part))), part))
        self._methods = {one.name: _without_first(part) for one, part in self._parts}
        names = {name for record in library.records for name in record.unit.binders}
        # Where some file has the very name, no near miss in another is meant for the exercise.
        self._spelt = {one.name for one, _ in self._parts if any(same(name, one) for name in names)}
        self._library = library
        self._search = search

    def fill(self, record: Record) -> None:
        """Puts the lent parts wherever a file has the student's, and where it lacks them."""
        space = record.space
        for wanted, part in self._parts:
            old = self._stood_for(wanted, record)
            for name, value in list(space.items()):
                if name in old or any(value is one for one in old.values()):
                    space[name] = part
            for spelling in spellings(wanted):
                space.setdefault(spelling, part)
            if wanted.kind == "function":
                self._fill_classes(wanted, part, record, list(old.values()))

    def _stood_for(self, wanted: Wanted, record: Record) -> dict[str, object]:
        """The names and objects of a file that the exercise's part takes the place of."""
        old = {
            name: value
            for name, value in record.space.items()
            if type(name) is str and callable(value) and kind_of(value) == wanted.kind and same(name, wanted)
        }
        if (
            not old
            and wanted.name not in self._spelt
            and (found := self._search.find(wanted, record, near=True))
        ):
            old[found.found_as] = found.value
        return old

    def _fill_classes(self, wanted: Wanted, part: FunctionType, record: Record, old: list[object]) -> None:
        for _, owner in list(self._search.written(record)):
            if kind_of(owner) != "class":
                continue
            for name, raw in list(members(owner).items()):
                function = plain_function(raw)
                if function is None or function is part or function is self._methods[wanted.name]:
                    continue
                if same(name, wanted) or any(function is one for one in old):
                    replacement = _in_class(raw, function, part, self._methods[wanted.name])
                    if replacement is not None:
                        _put(owner, name, replacement)

    def part(self, name: str) -> object:
        """What is lent for an exercise; raises LookupError where nothing is."""
        for wanted, part in self._parts:
            if wanted.name == name:
                return part
        raise LookupError(f"{name} is not lent")

    def offer(self, name: str, statement: ast.stmt, unit: Unit) -> bool:
        """Makes up a module that was not handed in, if the statement may want lent parts of it."""
        if not self._brings(statement, unit):
            return False
        self._library.replace(name, self._module)
        return True

    def _brings(self, statement: ast.stmt, unit: Unit) -> bool:
        for node in walk(statement):
            if isinstance(node, ast.ImportFrom):
                if any(alias.name == "*" or self._is_lent(alias.name) for alias in node.names):
                    return True
            elif isinstance(node, ast.Import):
                attributes = (part for one in unit.statements for part in walk(one.node))
                if any(isinstance(part, ast.Attribute) and self._is_lent(part.attr) for part in attributes):
                    return True
        return False

    def _is_lent(self, name: str) -> bool:
        return any(same(name, wanted) for wanted, _ in self._parts)

    def _module(self, name: str) -> ModuleType:
        module = ModuleType(name)
        space = vars(module)
        for wanted, part in self._parts:
            space.update(dict.fromkeys(spellings(wanted), part))
        space["__all__"] = [name for wanted, _ in self._parts for name in spellings(wanted)]
        space["__path__"] = []
        space["__getattr__"] = self._attribute
        return module

    def _attribute(self, name: str) -> object:
        for wanted, part in self._parts:
            if same(name, wanted):
                return part
        raise AttributeError(name)


def _compiled(name: str, text: str) -> Any:
    space: dict[str, Any] = {"__name__": "lent", "np": np, "numpy": np}
    # Optimised, so that no docstring is left to be read.
    exec(compile(text, _FILE, "exec", dont_inherit=True, optimize=2), space)
    return space[name]


def _in_class(raw: object, function: FunctionType, part: FunctionType, method: Callable[..., Any]) -> object:
    """The part in the form of a function of a class; None where it is called in another way."""
    bound = type(raw) is classmethod or (type(raw) is not staticmethod and takes_instance(function))
    if function.__code__.co_argcount - bound != part.__code__.co_argcount:
        return None
    if not bound:
        return staticmethod(part) if type(raw) is staticmethod else part
    return classmethod(method) if type(raw) is classmethod else method


def _without_first(part: Callable[..., Any]) -> Callable[..., Any]:
    def method(_: object, *args: Any, **named: Any) -> Any:
        return part(*args, **named)

    return method


def _put(owner: type, name: str, value: object) -> None:
    try:
        setattr(owner, name, value)
    except BaseException:
        # A class that guards its attributes keeps what the student wrote.
        return
