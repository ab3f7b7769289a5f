"""The nodes of parsed text, as `ast` gives them, but several times faster: every text is looked through often."""

from __future__ import annotations

import ast

# What these hold is no node, or one that says how another is meant (a name's context, the sign of an operation).
_NO_NODES = frozenset(
    {"arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "kwd_attrs", "level", "module"}
    | {"op", "ops", "rest", "simple", "type_comment"}
)

LEAVES = frozenset({ast.Name, ast.Constant})
"""The commonest nodes, which have nothing below them."""

_BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")


class _Fields(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of a kind of node that may hold nodes. A list in one of them holds nothing else, but for None."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        names = issubclass(kind, ast.Global | ast.Nonlocal)
        self[kind] = () if names else tuple(name for name in kind._fields if name not in _NO_NODES)
        return self[kind]


class _Blocks(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of a kind of node that hold statements."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        self[kind] = tuple(name for name in _BLOCKS if name in kind._fields)
        return self[kind]


_FIELDS = _Fields()
_INSIDE = _Blocks()


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes right below one, in the order of `ast.iter_child_nodes`, without contexts and operators."""
    found: list[ast.AST] = []
    for name in _FIELDS[type(node)]:
        value = getattr(node, name, None)
        if type(value) is list:
            found += filter(None, value)
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def walk(node: ast.AST) -> list[ast.AST]:
    """A node and all below it, in the order of `ast.walk`, without contexts and operators."""
    # What `children` does, without calling it for every node.
    found = [node]
    for one in found:
        kind = type(one)
        for name in _FIELDS[kind] if kind not in LEAVES else ():
            value = getattr(one, name, None)
            if type(value) is list:
                found += filter(None, value)
            elif isinstance(value, ast.AST):
                found.append(value)
    return found


def inside(statement: ast.AST) -> list[ast.AST]:
    """The statements (or handlers, or cases, with statements in them) right inside one, in the order of the text."""
    names = _INSIDE[type(statement)]
    return [one for name in names for one in getattr(statement, name, ())] if names else []
