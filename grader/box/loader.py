"""Runs the statements of a submission: definitions first, one at a time, and the others when asked."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from types import CodeType
from typing import Protocol

from .explain import explain, missing_module, missing_name
from .mend import UNPARSABLE
from .modules import Library, Record
from .patience import OutOfTime
from .pieces import Piece
from .program import Failure, Place, Source
from .standins import WHEN_MISSING, stand_in
from .units import Statement, Unit, parse

_OFFERS = 8
"""Most modules that are made up for a single statement."""

_STATEMENTS = 256
"""So many keep their code, in case that they are run again."""


class Lender(Protocol):
    """What stands in for parts of a submission."""

    def fill(self, record: Record) -> None:
        """Puts the lent parts in the place of what a file has defined."""
        ...

    def part(self, name: str) -> object:
        """What is lent for an exercise; raises LookupError where nothing is."""
        ...

    def offer(self, name: str, statement: ast.stmt, unit: Unit) -> bool:
        """Makes up the missing module `name` if the statement may want lent parts of it."""
        ...


class Loader:
    """The running part of a submission.

    `on_statement(ordinal, place, passing)` is called before a statement is run, and again for a statement that goes on
    after the modules that it imports; it is `passing` where it only defines something, and can neither hang nor end
    this process. Whatever a statement raises becomes one of the `failures`.
    """

    def __init__(
        self, root: str, sources: tuple[Source, ...], on_statement: Callable[[int, Place, bool], None]
    ) -> None:
        units, self.index = parse(root, sources)
        self.library = Library(root, units, self.define)
        self.failures: dict[int, list[Failure]] = {}
        self.skip: frozenset[int] = frozenset()
        self.lender: Lender | None = None
        self._on_statement = on_statement
        self._current: Statement | None = None
        self._still = False
        self._texts = {self.index.places[file]: text for unit in units for file, text in unit.files.items()}

    @property
    def records(self) -> tuple[Record, ...]:
        """The files, in the order in which they were given."""
        return self.library.records

    def define(self, record: Record) -> None:
        """Runs the definitions of a file, once."""
        if record.defined:
            return
        record.defined = True
        self.library.register(record)
        for statement in record.unit.statements:
            if statement.ordinal in self.skip:
                continue
            if not statement.early or not self._define(record, statement):
                record.pending.append(statement)
        if self.lender is not None:
            self.lender.fill(record)

    def _define(self, record: Record, statement: Statement) -> bool:
        """Runs one definition; False when it has to wait for a name that is set later."""
        errors = self._run(record, statement)
        waiting = {name for other in record.pending for name in other.bound}
        if any(missing_name(error) in waiting for error in errors):
            return False
        if errors and self._imports_pending(record, statement.node):
            return False
        self._record(statement, errors)
        space = record.space
        record.values[statement.ordinal] = {name: space[name] for name in statement.bound if name in space}
        return True

    def _imports_pending(self, record: Record, node: ast.stmt) -> bool:
        """Whether an import names what a statement left aside in another file would bind."""
        other = self._imported_file(record, node)
        if other is None or not isinstance(node, ast.ImportFrom):
            return False
        waiting = {name for statement in other.pending for name in statement.bound}
        return any(alias.name in waiting for alias in node.names)

    def _imported_file(self, record: Record, node: ast.stmt) -> Record | None:
        """The file of the submission that ``from ... import`` reads."""
        if not isinstance(node, ast.ImportFrom):
            return None
        package = record.unit.parent.split(".") if node.level and record.unit.parent else []
        parts = package[: len(package) - node.level + 1] if package else []
        return self.library.file(".".join([*parts, *filter(None, [node.module])]))

    def finish(self, record: Record) -> None:
        """Runs the statements of a file that were left aside, in order.

        What they bind gives way to a definition that follows them in the file.
        """
        waiting = {statement.ordinal for statement in record.pending}
        record.pending = []
        late: set[str] = set()
        for statement in record.unit.statements:
            self._finish_imported(record, statement)
            if statement.ordinal not in waiting:
                values = record.values.get(statement.ordinal, {})
                record.space.update((name, values[name]) for name in values if name in late)
                late -= values.keys()
            elif statement.ordinal not in self.skip:
                self._record(statement, self._run(record, statement))
                late |= statement.bound.keys()
        if self.lender is not None:
            self.lender.fill(record)

    def _finish_imported(self, record: Record, statement: Statement) -> None:
        """Before ``from ... import`` of another file is run, or relied on, runs the rest of that file."""
        other = self._imported_file(record, statement.node)
        if other is None or not other.pending:
            return
        self.finish(other)
        node = statement.node
        if statement.early and isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            for name in other.unit.binders:
                if name in other.space and not name.startswith("_"):
                    record.space.setdefault(name, other.space[name])

    def unset(self) -> frozenset[str]:
        """The names that statements still left aside would bind."""
        return frozenset(
            name for record in self.records for statement in record.pending for name in statement.bound
        )

    def _run(self, record: Record, statement: Statement) -> list[BaseException]:
        """Runs a statement; of an import that fails, each name for itself."""
        node = _absolute(statement.node, record.unit)
        error = self._attempt(record, statement, node)
        if error is None:
            return []
        parts = list(_single_imports(node))
        if len(parts) < 2 or (isinstance(node, ast.ImportFrom) and missing_module(error)):
            return [error]
        attempts = (self._attempt(record, statement, part) for part in parts)
        return [error for error in attempts if error is not None]

    def _attempt(self, record: Record, statement: Statement, node: ast.stmt) -> BaseException | None:
        error = self._execute(record, statement, node)
        for _ in range(_OFFERS):
            if error is None or not self._offer(missing_module(error), node, record.unit):
                break
            error = self._execute(record, statement, node)
        return error

    def _offer(self, name: str, node: ast.stmt, unit: Unit) -> bool:
        if not name or self.library.replaces(name):
            return False
        if name.partition(".")[0] in WHEN_MISSING:
            self.library.replace(name, stand_in)
            return True
        return self.lender is not None and self.lender.offer(name, node, unit)

    def _execute(self, record: Record, statement: Statement, node: ast.stmt) -> BaseException | None:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return None
        outer, self._current = self._current, statement
        still = statement.piece.is_still
        # Of definitions in a row the first is told of, so that what ran before them is not blamed for what comes; of
        # those that an import brings about, the import.
        passing = still and (outer is not None or self._still)
        self._still = still
        self._on_statement(statement.ordinal, statement.place, passing)
        try:
            exec(_compiled(statement.piece, node, statement.file, record.unit.flags), record.space)
        except OutOfTime:
            raise
        except BaseException as error:
            return error
        finally:
            self._current = outer
            if outer is not None:
                self._still = False
                if not still:
                    self._on_statement(outer.ordinal, outer.place, False)
        return None

    def _record(self, statement: Statement, errors: Sequence[BaseException]) -> None:
        for error in errors:
            raised = explain(error, self.index)
            place = raised.place or statement.place
            failure = Failure(place, raised.type, raised.message, self._line(place))
            self.failures.setdefault(statement.ordinal, []).append(failure)

    def _line(self, place: Place) -> str:
        lines = self._texts[place.file, place.cell].split("\n")
        return lines[place.line - 1].strip()[:200] if 0 < place.line <= len(lines) else ""


def compile_ahead(piece: Piece) -> None:
    """Makes a statement ready to be run in whatever file it turns up."""
    with suppress(*UNPARSABLE):
        piece.once(_code)


def _code(piece: Piece) -> CodeType:
    return _compile(piece.node, "", 0)


@lru_cache(_STATEMENTS)
def _compiled(piece: Piece, node: ast.stmt, file: str, flags: int) -> CodeType:
    """The code of a statement, or of what stands for it. Where parts are lent, a box runs the same ones again."""
    ahead = piece.known(_code) if node is piece.node and not flags else None
    return _compile(node, file, flags) if ahead is None else _in_file(ahead, file)


def _compile(node: ast.stmt, file: str, flags: int) -> CodeType:
    code: CodeType = compile(ast.Module([node], []), file, "exec", flags=flags, dont_inherit=True)
    return code


def _in_file(code: CodeType, file: str) -> CodeType:
    """The same code, and all that is in it, as if it had been compiled there."""
    inner = tuple(_in_file(one, file) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_filename=file, co_consts=inner)


def _absolute(node: ast.stmt, unit: Unit) -> ast.stmt:
    """An import relative to a package, in a file that was handed in without its package."""
    if not isinstance(node, ast.ImportFrom) or not node.level or unit.parent:
        return node
    plain: ast.stmt
    plain = ast.ImportFrom(node.module, node.names, 0) if node.module else ast.Import(node.names)
    return ast.copy_location(plain, node)


def _single_imports(node: ast.stmt) -> Iterator[ast.stmt]:
    if isinstance(node, ast.Import):
        yield from (ast.copy_location(ast.Import([alias]), node) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield ast.copy_location(ast.ImportFrom(node.module, [alias], node.level), node)
