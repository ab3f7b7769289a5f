"""Where a backward pass is computed by numerical differentiation instead of by formulas."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .program import Wanted
from .quotient import last_name, quotient
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


@dataclass(frozen=True)
class _Body:
    """An outermost function. `owner` is its class, "" at the top level; `calls` are the names of what it calls."""

    name: str
    owner: str
    statement: Statement
    calls: Mapping[str, ast.AST]
    quotient: ast.AST | None


def numerical_slopes(units: Sequence[Unit], wanted: Sequence[Wanted]) -> Iterator[tuple[Statement, ast.AST]]:
    """Each function that should give a gradient and differentiates numerically, by the place where it does.

    Directly, or by calling a function of the submission (or of a known name) that does. Functions that only help to
    check are left alone.
    """
    bodies = [body for unit in units for statement in unit.statements for body in _bodies(statement)]
    guilty = _guilty(bodies)
    exercises = {name for one in wanted if one.kind == "function" for name in (one.name, *one.aliases)}
    for body in bodies:
        gradient = _BACKWARD.search(body.name) and not _HELPER.search(body.name)
        if gradient or (body.name in exercises and not body.owner):
            called = (node for name, node in body.calls.items() if name in guilty or _LIBRARY.fullmatch(name))
            where = body.quotient or next(called, None)
            if where is not None:
                yield body.statement, where


def _bodies(statement: Statement) -> Iterator[_Body]:
    """The outermost functions of a statement; those inside of a function belong to it."""
    stack: list[tuple[ast.AST, str]] = [(statement.node, "")]
    while stack:
        node, owner = stack.pop()
        if isinstance(node, FunctionNode):
            yield _body(node.name, owner, statement, node)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            yield from (_body(name, owner, statement, node.value) for name in names)
        else:
            within = node.name if isinstance(node, ast.ClassDef) else owner
            stack += [(one, within) for one in reversed(inside(node))]


def _body(name: str, owner: str, statement: Statement, node: ast.AST) -> _Body:
    calls: dict[str, ast.AST] = {}
    nodes = walk(node)
    for inner in nodes:
        if isinstance(inner, ast.Call):
            calls.setdefault(last_name(inner.func), inner)
    return _Body(name, owner, statement, calls, quotient(nodes))


def _guilty(bodies: Sequence[_Body]) -> set[str]:
    """The names of functions that differentiate numerically, directly or through each other."""
    guilty = {body.name for body in bodies if body.quotient is not None}
    for _ in range(_MOST_CALLS):
        more = {body.name for body in bodies if not guilty.isdisjoint(body.calls)} - guilty
        if not more:
            break
        guilty |= more
    return guilty
