"""The nodes of parsed text, as `ast` gives them, but several times faster: every text is looked through often."""

from __future__ import annotations

import ast

# What these hold is no node, or one that says how another is meant (a name's context, the sign of an operation).
_NO_NODES = frozenset(
    {"arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "level", "module", "op", "ops"}
    | {"rest", "simple", "type_comment"}
)

LEAVES = frozenset({ast.Name, ast.Constant})
"""The commonest nodes, which have nothing below them."""


class _Fields(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of a kind of node that may hold nodes."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        self[kind] = tuple(name for name in kind._fields if name not in _NO_NODES)
        return self[kind]


_FIELDS = _Fields()
_BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes right below one, in the order of `ast.iter_child_nodes`, without contexts and operators."""
    found: list[ast.AST] = []
    for name in _FIELDS[type(node)]:
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            found.append(value)
        elif isinstance(value, list):
            found += [one for one in value if isinstance(one, ast.AST)]
    return found


def walk(node: ast.AST) -> list[ast.AST]:
    """A node and all below it, in the order of `ast.walk`, without contexts and operators."""
    found = [node]
    for one in found:
        if type(one) not in LEAVES:
            found += children(one)
    return found


def inside(statement: ast.AST) -> list[ast.AST]:
    """The statements (or handlers, or cases, with statements in them) right inside one, in the order of the text."""
    return [one for name in _BLOCKS for one in getattr(statement, name, ())]
