"""The files of a submission, parsed: statements with their places and ordinals, and where things are defined."""

from __future__ import annotations
import __future__

import ast
import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from .mend import Broken, read
from .pieces import FunctionNode, Piece
from .program import Failure, Note, Place, Source
from .statements import definitions

_COPY = re.compile(r"\s*\(\d+\)$")


@dataclass(frozen=True, eq=False)
class Statement:
    """A top-level statement where it stands. `early`: it runs among the definitions."""

    ordinal: int
    piece: Piece
    file: str
    place: Place
    early: bool

    @property
    def node(self) -> ast.stmt:
        """The statement itself."""
        return self.piece.node

    @property
    def bound(self) -> Mapping[str, ast.AST]:
        """The names that it binds, each with the last node that does."""
        return self.piece.bound


@dataclass(frozen=True)
class Lost:
    """Text that could not be parsed, with the failure that says why."""

    text: str
    failure: Failure


@dataclass(frozen=True, eq=False)
class Unit:
    """One file. `parts` is its dotted name as a module, the last part left out for a package's own file.

    `files` maps the file names that its code objects carry to the text of each cell, `flags` are those of its
    ``from __future__`` imports.
    """

    source: Source
    parts: tuple[str, ...]
    package: bool
    statements: tuple[Statement, ...]
    notes: tuple[Note, ...]
    lost: tuple[Lost, ...]
    files: dict[str, str]
    flags: int

    @cached_property
    def binders(self) -> dict[str, ast.AST]:
        """The names that the file binds, each with the last node that does."""
        return {name: node for statement in self.statements for name, node in statement.bound.items()}

    @property
    def name(self) -> str:
        """What ``__name__`` is."""
        return "__main__" if self.source.notebook else ".".join(self.parts)

    @property
    def parent(self) -> str:
        """What ``__package__`` is."""
        if self.source.notebook:
            return ""
        return ".".join(self.parts if self.package else self.parts[:-1])


@dataclass
class Index:
    """Where the functions and classes of a submission are, by what their code objects say of themselves."""

    places: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    functions: dict[tuple[str, int, str], FunctionNode] = field(default_factory=dict)
    classes: dict[tuple[str, str], Place] = field(default_factory=dict)
    stubs: set[tuple[str, int, str]] = field(default_factory=set)

    def place(self, file: str, line: int) -> Place | None:
        """The student's place for a code object's file name and a line; None outside of the submission."""
        known = self.places.get(file)
        return Place(known[0], line, known[1]) if known else None

    def add(self, unit: Unit) -> None:
        """Takes in all that a file defines."""
        for statement in unit.statements:
            for one in statement.piece.defined:
                node = one.node
                key = (statement.file, _code_line(node), node.name)
                if isinstance(node, ast.ClassDef):
                    place = Place(statement.place.file, node.lineno, statement.place.cell)
                    self.classes[unit.source.path, one.name] = place
                else:
                    self.functions[key] = node
                    if one.stub:
                        self.stubs.add(key)


def _code_line(node: FunctionNode | ast.ClassDef) -> int:
    """The line that a code object says it begins with: that of its first decorator."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


@lru_cache(1)
def parse(root: str, sources: tuple[Source, ...]) -> tuple[tuple[Unit, ...], Index]:
    """Parses all files. Ordinals count the statements of all files in the order in which they are given.

    What was parsed last is kept: where parts are lent, a box loads the same files again.
    """
    index = Index()
    units = []
    ordinal = 0
    with _all_kept():
        for source in sources:
            unit = _unit(root, source, ordinal, index)
            index.add(unit)
            units.append(unit)
            ordinal += len(unit.statements)
    return tuple(units), index


@contextmanager
def _all_kept() -> Iterator[None]:
    """While inside, no garbage is looked for: thousands of nodes are made, and all of them stay."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _unit(root: str, source: Source, ordinal: int, index: Index) -> Unit:
    pieces: list[tuple[Piece, str, Place]] = []
    notes: list[Note] = []
    lost: list[Lost] = []
    files: dict[str, str] = {}
    for cell in source.cells:
        file = _file(root, source, cell.index)
        index.places[file] = (source.path, cell.index)
        parsed = read(cell.text, source.notebook)
        files[file] = parsed.text
        notes += [Note(m.id, m.detail, Place(source.path, m.line, cell.index)) for m in parsed.mends]
        lost += [_lost(broken, source.path, cell.index) for broken in parsed.broken]
        pieces += [(one, file, Place(source.path, one.node.lineno, cell.index)) for one in parsed.pieces]
    early = definitions([one.node for one, _, _ in pieces], [one.bound for one, _, _ in pieces])
    statements = tuple(
        Statement(ordinal + i, one, file, place, early[i]) for i, (one, file, place) in enumerate(pieces)
    )
    parts, package = module_parts(source.path)
    flags = _flags([statement.node for statement in statements])
    return Unit(source, parts, package, statements, tuple(notes), tuple(lost), files, flags)


def _file(root: str, source: Source, cell: int | None) -> str:
    file = f"{root}/{source.path}"
    return file if cell is None else f"<{file} cell {cell}>"


def _lost(broken: Broken, path: str, cell: int | None) -> Lost:
    lines = broken.lost.split("\n")
    at = broken.line - broken.first
    text = lines[at].strip()[:200] if 0 <= at < len(lines) else ""
    place = Place(path, broken.line, cell)
    return Lost(broken.lost, Failure(place, broken.type, broken.message[:300], text))


def _flags(nodes: Sequence[ast.stmt]) -> int:
    flags = 0
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            for alias in node.names:
                feature = getattr(__future__, alias.name, None)
                flags |= getattr(feature, "compiler_flag", 0)
    return flags


def module_parts(path: str) -> tuple[tuple[str, ...], bool]:
    """The dotted name of a file as a module, and whether it is a package's ``__init__.py``.

    What a browser adds to the name of a second download, as in ``layers(1).py``, is no part of it.
    """
    *folders, name = path.split("/")
    stem = _COPY.sub("", name.rpartition(".")[0] or name).replace(".", "_")
    if stem == "__init__" and folders:
        return tuple(folders), True
    return (*folders, stem), False
