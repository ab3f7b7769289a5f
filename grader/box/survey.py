"""What files seem to define, by their text alone."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from .modules import Record
from .names import Names
from .program import Wanted
from .statements import anywhere_bound, is_untouched, kind
from .units import Statement, Unit


class Survey:
    """Answers which file is worth running for which exercises."""

    def __init__(self, wanted: Sequence[Wanted], names: Names) -> None:
        self._wanted = wanted
        self._names = names

    def ordered(self, records: Sequence[Record]) -> list[Record]:
        """The files in the order in which they are asked for what is wanted."""
        if len(records) < 2:
            return list(records)
        return sorted(records, key=lambda record: self.rank(record.unit))

    def rank(self, unit: Unit) -> tuple[int, int, int, str]:
        """Sorts the file that defines most exercises first; stubs count only where files tie."""
        written = self._count(unit, stubs=False, near=False)
        named = self._count(unit, stubs=True, near=True)
        return -written, -named, unit.source.path.count("/"), unit.source.path

    def _count(self, unit: Unit, stubs: bool, near: bool) -> int:
        nodes = {
            name: node
            for name, node in unit.binders.items()
            if not isinstance(node, ast.Import | ast.ImportFrom) and (stubs or not is_untouched(node))
        }
        top = {name: kind(node) for name, node in nodes.items()}
        classes = (node for node in nodes.values() if isinstance(node, ast.ClassDef))
        inside = {
            node.name: "function"
            for owner in classes
            for node in owner.body
            if isinstance(node, ast.FunctionDef)
        }
        return sum(
            self._names.find(one, top, near) is not None
            or (one.kind == "function" and self._names.find(one, inside) is not None)
            for one in self._wanted
        )

    def may_define(self, statements: Iterable[Statement], missing: Sequence[Wanted]) -> bool:
        """Whether the statements name, however deep, what could be one of the missing exercises."""
        names, _ = anywhere_bound(statement.node for statement in statements)
        return any(self._names.find(one, names, near=True) for one in missing)

    def may_bind(self, statements: Iterable[Statement], missing: Sequence[Wanted], sure: bool) -> bool:
        """Whether running the statements could define one of the missing exercises: by its name when `sure`, else by
        a near miss, or in ways that the text does not tell.

        A training loop cannot, and to run it would cost an unfinished submission its time.
        """
        names, dynamic = anywhere_bound(statement.node for statement in statements)
        if sure:
            return any(self._names.find(one, names) for one in missing)
        written = {name: known for name, known in names.items() if known}
        return any(dynamic or self._names.find(one, written, near=True) for one in missing)
