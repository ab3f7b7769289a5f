"""How a class is laid out: from the paths that lie somewhere to who handed in what.

A layout is a function that makes a `Claim` of one node, or None where the node is nobody's submission.
`claims` chooses the layout and its base. It sees names only; nothing is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from grader.errors import UsageError
from grader.submissions.archive import Kind
from grader.submissions.names import (
    DOCUMENTS,
    is_archive,
    is_source,
    natural,
    presentable,
    several,
    shown,
    stem,
)

_SUBMITTED = "submitted"
_NOT_STUDENTS = frozenset({"readme", "requirements", "license", "__init__", "conftest"})


@dataclass(frozen=True)
class Node:
    """Something directly below a layout's base; `name` is its last part, `path` leads there from the root."""

    path: str
    kind: Kind

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Claim:
    """That `student` (called `name`, if the layout knows) handed in what lies at `path`, of that `kind`.

    Without a `path` the student is known to have handed in nothing. A `spare` claim counts only for students
    who have no other.
    """

    student: str
    path: str | None
    kind: Kind
    name: str = ""
    spare: bool = False


Layout: TypeAlias = Callable[[Node], Claim | None]


def plain(node: Node) -> Claim | None:
    """``<student>/``, ``<student>.py``, ``<student>.zip`` ..., one entry a submission."""
    named = stem(node.name).casefold() not in _NOT_STUDENTS
    if node.kind == "folder" or (node.kind != "file" and "." not in node.name):
        return Claim(_student(node.name), node.path, node.kind)
    if named and (is_source(node.name) or is_archive(node.name)):
        return Claim(_student(stem(node.name)), node.path, node.kind)
    if named and node.name.casefold().endswith(DOCUMENTS):
        return Claim(_student(stem(node.name)), node.path, node.kind, spare=True)
    return None


def nbgrader(listing: Mapping[str, Kind], assignment: str) -> Layout:
    """``<student>/<assignment>/...``."""

    def layout(node: Node) -> Claim | None:
        if node.kind == "file":
            return None
        path = f"{node.path}/{assignment}"
        if node.kind != "folder":
            return Claim(_student(node.name), node.path, node.kind)
        return Claim(_student(node.name), path if path in listing else None, listing.get(path, "folder"))

    return layout


def claims(listing: Mapping[str, Kind], name: str, assignment: str, packed: bool = False) -> list[Claim]:
    """The claims on `listing`, the paths in a place called `name`, in natural order.

    A single folder at the top of a `packed` place is what was packed. Raises UsageError where nbgrader's
    folders do not hold the assignment.
    """
    base = ""
    tops = _nodes(listing, "", 1)
    if packed and len(tops) == 1 and tops[0].kind == "folder":
        base = f"{tops[0].path}/"
        name = tops[0].name
    layout: Layout = plain
    for place in (f"{base}{_SUBMITTED}/", *([base] if name == _SUBMITTED else [])):
        if chosen := _nbgrader_assignment(listing, place, assignment):
            base, layout = place, nbgrader(listing, chosen)
            break
    found = [claim for node in _nodes(listing, base, 1) if (claim := layout(node)) is not None]
    return sorted(found, key=lambda claim: (natural(claim.student), natural(claim.path or "")))


def _nbgrader_assignment(listing: Mapping[str, Kind], base: str, assignment: str) -> str:
    """Which assignment's folders to take below `base`; "" where its layout is not nbgrader's."""
    below = _nodes(listing, base, 2)
    offered = sorted({node.name for node in below if node.kind == "folder"}, key=natural)
    if assignment in offered:
        return assignment
    if not offered or any(node.kind == "file" for node in below):
        return ""
    if len(offered) == 1 and not assignment:
        return offered[0]
    wanted = f"none for {shown(assignment)}" if assignment else "not one assignment alone"
    raise UsageError(f"The folder {_SUBMITTED} holds work for {several(offered)}, {wanted}.")


def _nodes(listing: Mapping[str, Kind], base: str, depth: int) -> list[Node]:
    inside = ((path, kind) for path, kind in listing.items() if path.startswith(base))
    return [Node(path, kind) for path, kind in inside if path.count("/", len(base)) == depth - 1]


def _student(name: str) -> str:
    return presentable(name).strip() or presentable(name)
