"""What is noted in the body of a function, and on which line: where results come from, and what does nothing.

A mark is a text: the method's name and a space (nothing for a function that is no method), then

=================  ==============================================================
``return``         the last return of a value
``self.db``        the last assignment to this attribute of the instance
``== db``          a comparison that is a statement of its own, by its left side
``no self``        the first line of a method that is not written to get an instance
=================  ==============================================================
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from .search import OWN_ARGUMENT
from .tree import inside

_MOST = 32
"""Most marks of one function: a body with more of them is no coursework."""

_SCOPES = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef})


def marks(method: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Mapping[str, int]:
    """The marks of a function with their lines; `method` is "" for one that is no method."""
    first = next(iter([*node.args.posonlyargs, *node.args.args]), None)
    prefix = f"{method} " if method else ""
    found: dict[str, int] = {}
    if method and not node.decorator_list and (first is None or first.arg not in OWN_ARGUMENT):
        found[prefix + "no self"] = node.lineno
    for mark, line in _noted(node, first.arg if first and method else ""):
        if len(found) < _MOST or prefix + mark in found:
            found[prefix + mark] = line
    return found


def _noted(node: ast.AST, instance: str) -> Iterator[tuple[str, int]]:
    """All marks of a body in the order of its lines."""
    stack = inside(node)[::-1]
    while stack:
        statement = stack.pop()
        if isinstance(statement, ast.Return):
            if statement.value is not None:
                yield "return", statement.lineno
        elif isinstance(statement, ast.Expr):
            if isinstance(statement.value, ast.Compare):
                yield from _compared(statement.value)
        elif type(statement) not in _SCOPES:
            for target in _targets(statement):
                if isinstance(target.value, ast.Name) and target.value.id == instance:
                    yield f"self.{target.attr}", target.lineno
            stack += inside(statement)[::-1]


def _targets(statement: ast.AST) -> Iterator[ast.Attribute]:
    """The attributes that a statement assigns to."""
    stack: list[ast.AST | None] = [*getattr(statement, "targets", ()), getattr(statement, "target", None)]
    stack += [item.optional_vars for item in getattr(statement, "items", ())]
    while stack:
        target = stack.pop(0)
        if isinstance(target, ast.Tuple | ast.List):
            stack[:0] = target.elts
        elif isinstance(target, ast.Starred):
            stack.insert(0, target.value)
        elif isinstance(target, ast.Attribute) and isinstance(target.ctx, ast.Store):
            yield target


def _compared(node: ast.Compare) -> Iterator[tuple[str, int]]:
    if not isinstance(node.ops[0], ast.Eq):
        return
    for part in node.left.elts if isinstance(node.left, ast.Tuple) else [node.left]:
        whole = part.value if isinstance(part, ast.Subscript) else part
        if isinstance(whole, ast.Attribute | ast.Name):
            yield f"== {whole.attr if isinstance(whole, ast.Attribute) else whole.id}", node.lineno
