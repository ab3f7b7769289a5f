"""Where a backward pass is computed by numerical differentiation instead of by formulas."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from .pieces import FunctionNode, Piece
from .program import Wanted
from .quotient import divisor, last_name, quotient
from .tree import inside, walk
from .units import Statement, Unit

_BACKWARD = re.compile(r"back|grad|prime|deriv", re.IGNORECASE)
# Functions that check gradients, or find them numerically for a check, as our own handouts do.
_HELPER = re.compile(
    r"num|check|compar|test|approx|diff|verif|valid|debug|example|show|print|plot|demo", re.IGNORECASE
)
_LIBRARY = re.compile(
    r"(?:eval_)?num(?:erical|eric)?_?(?:grad|diff|deriv)\w*|(?:central|finite)_?diff\w*|approx_(?:fprime|grad\w*|deriv\w*)",
    re.IGNORECASE,
)
_MOST_CALLS = 5


@dataclass(frozen=True, eq=False)
class _Body:
    """An outermost function of a statement. `owner` is its class, "" at the top level.

    Most functions differentiate nothing, as their whole statements tell, and are never looked through.
    """

    name: str
    owner: str
    piece: Piece
    node: ast.AST

    @cached_property
    def is_gradient(self) -> bool:
        """Whether its name says that it gives a gradient, and not that it helps to check one."""
        return bool(_BACKWARD.search(self.name)) and not _HELPER.search(self.name)

    @cached_property
    def quotient(self) -> ast.AST | None:
        """Where it forms a difference quotient."""
        return quotient(self._nodes) if self.piece.once(_divides) else None

    def call(self, names: Set[str]) -> ast.AST | None:
        """Where it calls one of the names; of several calls the first one of the name that it calls first."""
        if names.isdisjoint(self.piece.once(_called)):
            return None
        return next((node for name, node in self._calls.items() if name in names), None)

    @cached_property
    def _nodes(self) -> Sequence[ast.AST]:
        return self.piece.nodes if self.node is self.piece.node else walk(self.node)

    @cached_property
    def _calls(self) -> Mapping[str, ast.AST]:
        found: dict[str, ast.AST] = {}
        for node in self._nodes:
            if isinstance(node, ast.Call):
                found.setdefault(last_name(node.func), node)
        return found


def numerical_slopes(units: Sequence[Unit], wanted: Sequence[Wanted]) -> Iterator[tuple[Statement, ast.AST]]:
    """Each function that should give a gradient and differentiates numerically, by the place where it does.

    Directly, or by calling a function of the submission (or of a known name) that does. Functions that only help to
    check are left alone.
    """
    statements = [statement for unit in units for statement in unit.statements]
    found = [(statement, body) for statement in statements for body in statement.piece.once(_bodies)]
    guilty = _guilty([body for _, body in found])
    guilty |= {name for statement in statements for name in statement.piece.once(_library)}
    exercises = {name for one in wanted if one.kind == "function" for name in (one.name, *one.aliases)}
    for statement, body in found:
        if body.is_gradient or (body.name in exercises and not body.owner):
            where = body.quotient or body.call(guilty)
            if where is not None:
                yield statement, where


def _called(piece: Piece) -> frozenset[str]:
    """The names of what a statement calls anywhere."""
    return frozenset([last_name(node.func) for node in piece.kinds.get(ast.Call, ())])


def _library(piece: Piece) -> Sequence[str]:
    """Those of them that differentiate numerically, as their names say."""
    return [name for name in piece.once(_called) if _LIBRARY.fullmatch(name)]


def _divides(piece: Piece) -> bool:
    """Whether a statement divides by what may be a step."""
    return any(divisor(node) for node in piece.kinds.get(ast.BinOp, ()))


def _bodies(piece: Piece) -> Sequence[_Body]:
    """The outermost functions of a statement; those inside of a function belong to it."""
    found: list[_Body] = []
    stack: list[tuple[ast.AST, str]] = [(piece.node, "")]
    while stack:
        node, owner = stack.pop()
        if isinstance(node, FunctionNode):
            found.append(_Body(node.name, owner, piece, node))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            found += [_Body(name, owner, piece, node.value) for name in names]
        else:
            within = node.name if isinstance(node, ast.ClassDef) else owner
            stack += [(one, within) for one in reversed(inside(node))]
    return found


def _guilty(bodies: Sequence[_Body]) -> set[str]:
    """The names of functions that differentiate numerically, directly or through each other."""
    guilty = {body.name for body in bodies if body.quotient is not None}
    for _ in range(_MOST_CALLS):
        more = {body.name for body in bodies if body.call(guilty) is not None} - guilty
        if not more:
            break
        guilty |= more
    return guilty
