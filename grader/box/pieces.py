"""What a top-level statement tells by its text alone, wherever it stands."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

from .statements import bound, is_still, is_stub
from .tree import inside, walk

T = TypeVar("T")

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Defined:
    """A function or class in a statement: its ``__qualname__``, and whether it is a function that is still a stub."""

    node: FunctionNode | ast.ClassDef
    name: str
    stub: bool


@dataclass(frozen=True, eq=False)
class Piece:
    """A statement of some text. All that is found out about it is found out once, and true for every file with it."""

    node: ast.stmt
    _found: dict[object, object] = field(default_factory=dict, init=False, repr=False)

    def once(self, find: Callable[[Piece], T]) -> T:
        """What `find` finds in it; asked again, it is not looked for again."""
        if find not in self._found:
            self._found[find] = find(self)
        return cast(T, self._found[find])

    def known(self, find: Callable[[Piece], T]) -> T | None:
        """What `find` has found in it, None where it was not asked for."""
        return cast("T | None", self._found.get(find))

    @cached_property
    def nodes(self) -> Sequence[ast.AST]:
        """The statement and all below it, from the outside in."""
        return walk(self.node)

    @cached_property
    def kinds(self) -> Mapping[type[ast.AST], Sequence[Any]]:
        """The same nodes by their kind; a kind of which there are none has none."""
        found: defaultdict[type[ast.AST], list[ast.AST]] = defaultdict(list)
        for node in self.nodes:
            found[type(node)].append(node)
        return found

    @cached_property
    def is_still(self) -> bool:
        """Whether nothing else runs when it is run."""
        return is_still(self.node)

    @cached_property
    def bound(self) -> Mapping[str, ast.AST]:
        """The names that it binds, each with the last node that does."""
        return bound(self.node)

    @cached_property
    def defined(self) -> Sequence[Defined]:
        """Every function and class in it."""
        found = []
        stack: list[tuple[ast.AST, str]] = [(self.node, "")]
        while stack:
            node, prefix = stack.pop()
            if isinstance(node, FunctionNode | ast.ClassDef):
                function = isinstance(node, FunctionNode)
                found.append(
                    Defined(node, prefix + node.name, isinstance(node, FunctionNode) and is_stub(node))
                )
                prefix += node.name + (".<locals>." if function else ".")
            if within := inside(node):
                stack += [(one, prefix) for one in reversed(within)]
        return found
