"""Where a backward pass is computed by numerical differentiation instead of by formulas."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from .program import Wanted
from .quotient import divisor, last_name, quotient
from .tree import inside, walk
from .units import FunctionNode, Statement, Unit

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
class _Text:
    """A statement, the names of what it calls anywhere, and whether it divides by what may be a step."""

    statement: Statement
    called: frozenset[str]
    divides: bool


@dataclass(frozen=True, eq=False)
class _Body:
    """An outermost function of a statement. `owner` is its class, "" at the top level.

    Most functions differentiate nothing, as their whole statements tell, and are never looked through.
    """

    name: str
    owner: str
    text: _Text
    node: ast.AST

    @cached_property
    def quotient(self) -> ast.AST | None:
        """Where it forms a difference quotient."""
        return quotient(self._nodes) if self.text.divides else None

    def call(self, names: Set[str]) -> ast.AST | None:
        """Where it calls one of the names; of several calls the first one of the name that it calls first."""
        if names.isdisjoint(self.text.called):
            return None
        return next((node for name, node in self._calls.items() if name in names), None)

    @cached_property
    def _nodes(self) -> Sequence[ast.AST]:
        statement = self.text.statement
        return statement.nodes if self.node is statement.node else walk(self.node)

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
    texts = [_text(statement) for unit in units for statement in unit.statements]
    bodies = [body for text in texts for body in _bodies(text)]
    guilty = _guilty(bodies)
    guilty |= {name for text in texts for name in text.called if _LIBRARY.fullmatch(name)}
    exercises = {name for one in wanted if one.kind == "function" for name in (one.name, *one.aliases)}
    for body in bodies:
        gradient = _BACKWARD.search(body.name) and not _HELPER.search(body.name)
        if gradient or (body.name in exercises and not body.owner):
            where = body.quotient or body.call(guilty)
            if where is not None:
                yield body.text.statement, where


def _text(statement: Statement) -> _Text:
    kinds = statement.kinds
    called = frozenset([last_name(node.func) for node in kinds.get(ast.Call, ())])
    return _Text(statement, called, any(divisor(node) for node in kinds.get(ast.BinOp, ())))


def _bodies(text: _Text) -> Iterator[_Body]:
    """The outermost functions of a statement; those inside of a function belong to it."""
    stack: list[tuple[ast.AST, str]] = [(text.statement.node, "")]
    while stack:
        node, owner = stack.pop()
        if isinstance(node, FunctionNode):
            yield _Body(node.name, owner, text, node)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            yield from (_Body(name, owner, text, node.value) for name in names)
        else:
            within = node.name if isinstance(node, ast.ClassDef) else owner
            stack += [(one, within) for one in reversed(inside(node))]


def _guilty(bodies: Sequence[_Body]) -> set[str]:
    """The names of functions that differentiate numerically, directly or through each other."""
    guilty = {body.name for body in bodies if body.quotient is not None}
    for _ in range(_MOST_CALLS):
        more = {body.name for body in bodies if body.call(guilty) is not None} - guilty
        if not more:
            break
        guilty |= more
    return guilty
