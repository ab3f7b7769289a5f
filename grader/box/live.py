"""What a notebook, or any running program, has defined so far: asked like a submission, without being loaded again."""

from __future__ import annotations

import ast
import inspect
import linecache
import os
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import FunctionType, MethodType, ModuleType
from typing import Any

from .calls import run_job
from .explain import explain
from .modules import Record
from .names import Names
from .program import Definition, Job, Loaded, Note, Place, Raised, Reply, Source, Wanted
from .search import Found, Search, kind_of, members, plain_function
from .statements import is_stub
from .units import Index, Unit


@dataclass(eq=False)
class _Namespace(Record):
    """A namespace of somebody else's, in the place of a file that was run."""

    names: dict[str, Any] = field(default_factory=dict)

    @property
    def space(self) -> dict[str, Any]:
        return self.names


class _Spaces:
    """The namespace and the modules beside it, where `Search` expects the files of a submission."""

    def __init__(self, names: dict[str, Any]) -> None:
        beside = [module for module in list(sys.modules.values()) if _is_beside(module)]
        named = ModuleType(str(names.get("__name__", "__main__")))
        self.own = _Namespace(_empty(), named, names=names)
        self.records = (self.own, *(Record(_empty(), module) for module in beside))

    def file(self, name: str) -> Record | None:
        """The record of a module."""
        return next((record for record in self.records if record.module.__name__ == name), None)


class _Places(Index):
    """Where code objects stand, as far as their names for their files tell."""

    def __init__(self, labels: dict[str, str]) -> None:
        super().__init__()
        self._labels = labels

    def place(self, file: str, line: int) -> Place | None:
        return Place(self._labels[file], line) if file in self._labels else None


class Live:
    """Answers in the place of a `Host` for a namespace. What lies in modules of the current folder counts as well."""

    def __init__(self, names: dict[str, Any], wanted: tuple[Wanted, ...]) -> None:
        self._wanted = wanted
        spaces = _Spaces(names)
        self._search = Search(spaces, Names(wanted))
        self._labels = dict(_labels(spaces.own, self._search, names.get("In")))
        self._index = _Places(self._labels)
        self._found = {one.name: found for one in wanted if (found := self._sought(one, spaces.own))}
        self._why_not = {one.name: self._search.why_not(one, [spaces.own]) for one in wanted}

    def load(self, skip: frozenset[int] = frozenset()) -> Loaded:  # noqa: ARG002
        """What is defined; nothing is run."""
        definitions = tuple(self._definition(wanted) for wanted in self._wanted)
        near = (
            Note("name", f"{one.found_as} for {one.exercise}")
            for one in definitions
            if one.found_as and one.found_as != one.exercise and not self._is_alias(one)
        )
        return Loaded(definitions, tuple(near))

    def rest(self, skip: frozenset[int] = frozenset()) -> Loaded:
        """The same: no statement waits."""
        return self.load(skip)

    def run(self, job: Job) -> Reply:
        """Runs a job of the judge on what was found."""
        return run_job(job, self)

    def close(self) -> None:
        """Leaves all as it is."""

    def is_own(self, file: str) -> bool:
        """Whether a code object that names this file was defined here."""
        return file in self._labels

    def resolve(self, name: str) -> object:
        """What was found for an exercise; raises LookupError where nothing was."""
        if name not in self._found:
            raise LookupError(f"{name} is not defined")
        return self._found[name].value

    def part(self, name: str) -> object:
        """The same: nothing is lent."""
        return self.resolve(name)

    def is_stub(self, function: object) -> bool:
        """Whether the source of a function, where it is known, is still the starter's."""
        plain = function.__func__ if type(function) is MethodType else function
        node = _parsed(plain) if type(plain) is FunctionType else None
        return node is not None and is_stub(node)

    def explain(self, error: BaseException) -> Raised:
        """An exception of what is defined here in plain data; never raises."""
        return explain(error, self._index)

    def _sought(self, wanted: Wanted, record: Record) -> Found | None:
        return self._search.find(wanted, record) or self._search.find(wanted, record, near=True)

    def _is_alias(self, one: Definition) -> bool:
        return any(one.found_as in wanted.aliases for wanted in self._wanted if wanted.name == one.exercise)

    def _definition(self, wanted: Wanted) -> Definition:
        found = self._found.get(wanted.name)
        if found is None:
            return Definition(wanted.name, why_not=self._why_not[wanted.name])
        places = {name: place for name, one in _functions(found.source) if (place := self._place(one))}
        if places:
            first = min(places.values(), key=lambda place: place.line)
            places.setdefault("", first)
        return Definition(wanted.name, found.found_as, places)

    def _place(self, function: FunctionType) -> Place | None:
        return self._index.place(function.__code__.co_filename, function.__code__.co_firstlineno)


def _empty() -> Unit:
    return Unit(Source("", ()), (), False, (), (), (), {}, 0)


def _is_beside(module: object) -> bool:
    """Whether a module is a file in the current folder or below it, and none that was installed there."""
    file = getattr(module, "__file__", None) if type(module) is ModuleType else None
    if type(file) is not str or "-packages" in file:
        return False
    return os.path.abspath(file).startswith(os.path.join(os.getcwd(), ""))


def _functions(value: object) -> Iterator[tuple[str, FunctionType]]:
    """A function under the name ``""``, or the methods of a class under theirs."""
    if kind_of(value) == "function":
        plain = value.__func__ if type(value) is MethodType else value
        if type(plain) is FunctionType:
            yield "", plain
    elif isinstance(value, type):
        for name, raw in members(value).items():
            function = plain_function(raw)
            if function is not None:
                yield name, function


def _labels(record: Record, search: Search, cells: object) -> Iterator[tuple[str, str]]:
    """For the files of all that is defined here how to call them: ``In[3]`` for a cell of a notebook."""
    texts = [cell.strip() if type(cell) is str else "" for cell in cells] if isinstance(cells, list) else []
    for _, value in search.written(record):
        for _, function in _functions(value):
            file = function.__code__.co_filename
            text = "".join(linecache.getlines(file)).strip()
            numbers = [number for number, cell in enumerate(texts) if text and cell == text]
            name = file.replace("\\", "/").rpartition("/")[2] if file.endswith(".py") else "the notebook"
            yield file, f"In[{numbers[-1]}]" if numbers else name


def _parsed(function: FunctionType) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    try:
        body = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    except Exception:
        # No source, as where a cell was run by a program, or one that is found wrongly.
        return None
    first = body[0] if body else None
    return first if isinstance(first, ast.FunctionDef | ast.AsyncFunctionDef) else None
