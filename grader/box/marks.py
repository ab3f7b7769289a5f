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
from .tree import LEAVES, children

_MOST = 32
"""Most marks of one function: a body with more of them is no coursework."""

_SCOPES = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda})


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
    stack = children(node)[::-1]
    while stack:
        child = stack.pop()
        kind = type(child)
        if kind in LEAVES:
            continue
        if isinstance(child, ast.Return) and child.value is not None:
            yield "return", child.lineno
        elif isinstance(child, ast.Attribute) and isinstance(child.ctx, ast.Store):
            if isinstance(child.value, ast.Name) and child.value.id == instance:
                yield f"self.{child.attr}", child.lineno
        elif isinstance(child, ast.Expr) and isinstance(child.value, ast.Compare):
            yield from _compared(child.value)
        if kind not in _SCOPES:
            stack += children(child)[::-1]


def _compared(node: ast.Compare) -> Iterator[tuple[str, int]]:
    if not isinstance(node.ops[0], ast.Eq):
        return
    for part in node.left.elts if isinstance(node.left, ast.Tuple) else [node.left]:
        whole = part.value if isinstance(part, ast.Subscript) else part
        if isinstance(whole, ast.Attribute | ast.Name):
            yield f"== {whole.attr if isinstance(whole, ast.Attribute) else whole.id}", node.lineno
