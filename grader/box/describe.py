"""What loading came to, in words and places: where exercises are, why others are not, what was noticed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from types import FunctionType, MethodType

from .loader import Loader
from .marks import marks
from .modules import Record
from .names import same, spellings
from .pieces import FunctionNode, Piece
from .program import Definition, Failure, Note, Place, Wanted
from .search import Found, Search, kind_of, members, plain_function
from .snapshot import MAX_PARTS
from .units import Index, Lost, Unit

_DEFINED = re.compile(r"^[ \t]*(?:async[ \t]+)?(class|def)[ \t]+(\w+)", re.MULTILINE)
_NUMPY = ("np", "numpy")


class Describer:
    """Speaks of a submission that has been loaded."""

    def __init__(self, loader: Loader, search: Search) -> None:
        self._loader = loader
        self._search = search

    def found(self, wanted: Wanted, found: Found) -> Definition:
        """Where an exercise was found."""
        index = self._loader.index
        places: dict[str, Place] = {}
        try:
            if place := self._place(found):
                places[""] = place
            if kind_of(found.source) == "class":
                # Of a method that is written twice, in a base and again, the later counts.
                methods = {
                    name: _function_places(name, method, index) for name, method in _methods(found.source)
                }
                for known in methods.values():
                    places.update(known)
            else:
                places.update(_function_places("", found.source, index))
            # Should there be too many, those of methods come before what is noted in their bodies.
            places = dict(sorted(places.items(), key=lambda item: " " in item[0])[:MAX_PARTS])
        except BaseException:
            # A class can make every question about itself raise; it is found all the same.
            return Definition(wanted.name, found.found_as)
        return Definition(wanted.name, found.found_as, places)

    def missing(self, wanted: Wanted) -> Definition:
        """Why an exercise was not found, as far as that can be told."""
        records = [record for record in self._loader.records if record.defined]
        if why := self._search.why_not(wanted, records):
            return Definition(wanted.name, why_not=why)
        why, failure = self._never_defined(wanted) or self._not_read(wanted) or ("", None)
        return Definition(wanted.name, why_not=why, failure=failure)

    def notes(self, wanted: Sequence[Wanted], definitions: Sequence[Definition]) -> Iterator[Note]:
        """``tabs``, ``spaces``: mended text; ``forgotten-import``: numpy's name; ``name``: no name or alias."""
        for record in self._loader.records:
            if record.defined:
                yield from record.unit.notes
                yield from _forgotten_imports(record.unit)
        for asked, one in zip(wanted, definitions, strict=True):
            if one.found_as and one.found_as not in spellings(asked):
                yield Note("name", f"{one.found_as} for {one.exercise}", one.places.get(""))

    def failures(self, missing: Sequence[Wanted]) -> Iterator[Failure]:
        """Statements that failed or could not be read, of all files that were run or may hold what is missing."""
        for record in self._loader.records:
            for lost in record.unit.lost:
                if record.defined or any(_defines(lost, wanted) for wanted in missing):
                    yield lost.failure
            for statement in record.unit.statements:
                yield from self._loader.failures.get(statement.ordinal, ())

    def _place(self, found: Found) -> Place | None:
        index = self._loader.index
        source = found.source
        if kind_of(source) == "class":
            return _class_place(source, [found.record, *self._loader.records], index)
        place = _function_place(source, index)
        if place is not None:
            return place
        name = found.found_as
        statements = [one for one in found.record.unit.statements if name in one.bound]
        return statements[-1].place if statements else None

    def _never_defined(self, wanted: Wanted) -> tuple[str, Failure | None] | None:
        for record in self._loader.records:
            for statement in record.unit.statements:
                name = next((name for name in statement.bound if same(name, wanted)), None)
                if name is None:
                    continue
                if statement.ordinal in self._loader.skip:
                    return f"the statement that defines {name} did not come to an end", None
                verb = (
                    "imports" if isinstance(statement.bound[name], ast.Import | ast.ImportFrom) else "defines"
                )
                for failure in self._loader.failures.get(statement.ordinal, ()):
                    why = f"the statement that {verb} {name} failed: {failure.type}: {failure.message}"
                    return why, failure
        return None

    def _not_read(self, wanted: Wanted) -> tuple[str, Failure] | None:
        for record in self._loader.records:
            for lost in record.unit.lost:
                if _defines(lost, wanted):
                    piece = "cell" if record.unit.source.notebook else "block"
                    line = f"line {lost.failure.place.line}: {lost.failure.message}"
                    why = f"the {piece} that defines {wanted.name} is not valid Python ({line})"
                    return why, lost.failure
        return None


def _defines(lost: Lost, wanted: Wanted) -> bool:
    words = {"class": "class", "def": "function"}
    return any(
        words[word] == wanted.kind and same(name, wanted) for word, name in _DEFINED.findall(lost.text)
    )


def _forgotten_imports(unit: Unit) -> Iterator[Note]:
    used: dict[str, Place] = {}
    imported: set[str] = set()
    for statement in unit.statements:
        imported |= statement.piece.once(_imported)
        for name, line in statement.piece.once(_numpy_lines).items():
            used.setdefault(name, Place(statement.place.file, line, statement.place.cell))
    if "*" not in imported:
        lacking = (name for name in _NUMPY if name in used and name not in imported)
        yield from (Note("forgotten-import", name, used[name]) for name in lacking)


def _imported(piece: Piece) -> frozenset[str]:
    """The names that a statement imports, ``*`` among them."""
    nodes = (*piece.kinds.get(ast.ImportFrom, ()), *piece.kinds.get(ast.Import, ()))
    return frozenset(one.asname or one.name.partition(".")[0] for node in nodes for one in node.names)


def _numpy_lines(piece: Piece) -> Mapping[str, int]:
    """Where the names of numpy are first read in a statement."""
    read = [node for node in piece.kinds.get(ast.Name, ()) if node.id in _NUMPY]
    return {node.id: node.lineno for node in reversed(read)}


def _methods(owner: object) -> Iterator[tuple[str, object]]:
    for base in reversed(type.mro(owner)) if isinstance(owner, type) else ():
        for name, raw in members(base).items():
            if function := plain_function(raw):
                yield name, function


def _function_place(value: object, index: Index) -> Place | None:
    found = _origin(value, index)
    return found[0] if found else None


def _function_places(name: str, value: object, index: Index) -> dict[str, Place]:
    """The place of a function or method under its name, and those of what is noted in its body."""
    found = _origin(value, index)
    if found is None:
        return {}
    place, node = found
    places = {name: place}
    for mark, line in marks(name, node).items() if node else ():
        places[mark] = Place(place.file, line, place.cell)
    return places


def _origin(value: object, index: Index) -> tuple[Place, FunctionNode | None] | None:
    """Where the submission defines a function, also one that is wrapped, and the node that does."""
    function = value.__func__ if type(value) is MethodType else value
    for _ in range(8):
        if type(function) is not FunctionType:
            break
        code = function.__code__
        node = index.functions.get((code.co_filename, code.co_firstlineno, code.co_name))
        place = index.place(code.co_filename, node.lineno if node else code.co_firstlineno)
        if place is not None:
            return place, node
        function = getattr(function, "__wrapped__", None)
    return None


def _class_place(owner: object, records: Sequence[Record], index: Index) -> Place | None:
    name = getattr(owner, "__qualname__", "")
    for record in records:
        place = index.classes.get((record.unit.source.path, name))
        if place is not None and record.module.__name__ == getattr(owner, "__module__", None):
            return place
    return None
