"""Finds in the modules of a submission what was written for an exercise."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import FunctionType, MethodType
from typing import Any, Protocol

import numpy as np

from .modules import Record
from .names import Names, same
from .program import Wanted
from .statements import kind

OWN_ARGUMENT = frozenset({"self", "this", "cls"})


@dataclass(frozen=True)
class Found:
    """An object written for an exercise, and the student's name for it. `source` is it as it is defined."""

    value: object
    found_as: str
    record: Record
    source: object


class Files(Protocol):
    """The files of a submission, as modules that have been run."""

    @property
    def records(self) -> Sequence[Record]:
        """All of them."""
        ...

    def file(self, name: str) -> Record | None:
        """The one that the module `name` is."""
        ...


class Search:
    """Knows which objects were written in the submission, and which were only imported."""

    def __init__(self, library: Files, names: Names) -> None:
        self._library = library
        self._names = names
        self._spaces = {id(record.space) for record in library.records}
        self._modules = {record.module.__name__ for record in library.records}

    def kinds(self, record: Record) -> dict[str, str]:
        """The names of what a file's namespace holds that was written in the submission, with their kinds."""
        return {name: kind_of(value) for name, value in self.written(record)}

    def find(
        self, wanted: Wanted, record: Record, near: bool = False, kinds: Mapping[str, str] | None = None
    ) -> Found | None:
        """What a file defines for an exercise: at the top level, else a function inside a class.

        `kinds` are the file's, for whoever asks for several exercises.
        """
        found: Found | None = _guarded(lambda: self._find(wanted, record, near, kinds))
        return found

    def _find(
        self, wanted: Wanted, record: Record, near: bool, kinds: Mapping[str, str] | None
    ) -> Found | None:
        kinds = self.kinds(record) if kinds is None else kinds
        name = self._names.find(wanted, kinds, near)
        if name is not None:
            value = record.space[name]
            return Found(value, name, record, value)
        if near or wanted.kind == "class":
            return None
        return next(self._inside_classes(wanted, record), None)

    def written(self, record: Record) -> Iterator[tuple[str, Any]]:
        """The functions and classes of a file's namespace that were written in the submission."""
        for name, value in list(record.space.items()):
            if type(name) is str and callable(value) and _guarded(lambda: self._is_own(name, value, record)):  # noqa: B023
                yield name, value

    def _inside_classes(self, wanted: Wanted, record: Record) -> Iterator[Found]:
        for class_name, owner in self.written(record):
            if kind_of(owner) != "class":
                continue
            attributes = {name: "function" for name, raw in members(owner).items() if plain_function(raw)}
            name = self._names.find(wanted, attributes)
            if name is None:
                continue
            raw = members(owner)[name]
            value = _guarded(lambda: _usable(owner, raw))  # noqa: B023
            if value is not None:
                yield Found(value, f"{class_name}.{name}", record, plain_function(raw))

    def _is_own(self, name: str, value: Any, record: Record) -> bool:
        binder = record.unit.binders.get(name)
        if binder is not None and kind(binder):
            return True
        if kind_of(value) == "class":
            return value.__module__ in self._modules
        if type(value) is FunctionType:
            return self._is_own_function(value)
        if type(value) is MethodType:
            return type(value.__func__) is FunctionType and self._is_own_function(value.__func__)
        if type(value) is np.ufunc:
            # What numpy.frompyfunc makes of a student's function.
            return value.__name__.endswith("(vectorized)")
        if type(value) is type(len):
            return False
        module = imported_from(binder)
        return module is None or self._library.file(module) is not None

    def _is_own_function(self, function: Any) -> bool:
        for _ in range(8):
            if id(getattr(function, "__globals__", None)) in self._spaces:
                return True
            function = getattr(function, "__wrapped__", None)
        return False

    def why_not(self, wanted: Wanted, records: Sequence[Record]) -> str:
        """Why what a student's files name like an exercise is not it; "" when they name nothing like it."""
        for record in records:
            own = {name for name, _ in self.written(record)}
            for name, value in list(record.space.items()):
                if type(name) is not str or not callable(value) or not same(name, wanted):
                    continue
                if name not in own:
                    return _guarded(lambda: _foreign(name, value, record)) or ""  # noqa: B023
                if name in (wanted.name, *wanted.aliases) and kind_of(value) != wanted.kind:
                    return f"{name} is a {kind_of(value)} here, and a {wanted.kind} is asked for"
        return ""


def kind_of(value: object) -> str:
    """``"class"`` or, of any other callable, ``"function"``."""
    return "class" if issubclass(type(value), type) else "function"


def imported_from(binder: ast.AST | None) -> str | None:
    """The module that a name is imported from, by the node that binds it."""
    return (binder.module or "") if isinstance(binder, ast.ImportFrom) else None


def plain_function(raw: object) -> FunctionType | None:
    """The function behind an entry of a class's namespace."""
    inner = raw.__func__ if type(raw) in (staticmethod, classmethod) else raw  # type: ignore[attr-defined]
    return inner if type(inner) is FunctionType else None


def members(owner: type) -> Mapping[str, Any]:
    """The namespace of a class, whatever its metaclass says."""
    names: Mapping[str, Any] = type.__dict__["__dict__"].__get__(owner)
    return names


def takes_instance(function: FunctionType) -> bool:
    """Whether a function in a class is written to get the instance first."""
    code = function.__code__
    return code.co_argcount > 0 and code.co_varnames[0] in OWN_ARGUMENT


def _usable(owner: type, raw: object) -> object:
    """A function of a class in a form that can be called with its arguments alone."""
    function = plain_function(raw)
    if type(raw) is classmethod:
        return raw.__get__(None, owner)
    if function is None or type(raw) is staticmethod or not takes_instance(function):
        return function
    return MethodType(function, object.__new__(owner))


def _foreign(name: str, value: Any, record: Record) -> str:
    origin = imported_from(record.unit.binders.get(name))
    if origin is None:
        origin = getattr(value, "__module__", None) or getattr(type(value), "__module__", None)
    return f"{name} is imported from {origin}, not written here" if type(origin) is str else ""


def _guarded(get: Callable[[], Any]) -> Any:
    """What `get` gives; None when the student's objects make it raise."""
    try:
        return get()
    except BaseException:
        return None
