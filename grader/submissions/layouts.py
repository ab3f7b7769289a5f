"""How a class is laid out: from the paths that lie somewhere to who handed in what.

A layout makes claims of the nodes directly below its base; what it does not know is `plain`. `claims` chooses the
layout and its base. It sees names only; nothing is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

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
_COPY = re.compile(r"\(([0-9]{1,3})\)\Z")


@dataclass(frozen=True, slots=True)
class Node:
    """Something directly below a layout's base; `name` is its last part, `path` leads there from the root."""

    path: str
    kind: Kind

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Part:
    """A file or folder of a hand-in. An LMS's own words in front are left out of `name`, if it is given."""

    path: str
    kind: Kind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """That `student` (called `name`, if the layout knows) handed in these `parts`.

    Without parts the student is known to have handed in nothing. A `spare` claim counts only for students who
    have no other. `known` says that `student` is the LMS's own id, beside which `keys` are good too; `label` is the
    text in which an id or a name may stand. Of two claims of a student the one of the higher `number` came later.
    """

    student: str
    parts: tuple[Part, ...] = ()
    name: str = ""
    spare: bool = False
    known: bool = False
    keys: tuple[str, ...] = ()
    label: str = ""
    number: int = 0
    handed_in: datetime | None = None
    late: bool | None = None
    group: str = ""

    @property
    def where(self) -> str:
        """For a sentence: the first path."""
        return presentable(self.parts[0].path) if self.parts else ""


def plain(node: Node) -> Claim | None:
    """``<student>/``, ``<student>.py``, ``<student>.zip`` ..., one entry a submission."""
    named = stem(node.name).casefold() not in _NOT_STUDENTS
    if node.kind == "folder" or (node.kind != "file" and "." not in node.name):
        return _claim(node, node.name)
    if named and (is_source(node.name) or is_archive(node.name)):
        return _claim(node, stem(node.name))
    if named and node.name.casefold().endswith(DOCUMENTS):
        return _claim(node, stem(node.name), spare=True)
    return None


def _claim(node: Node, student: str, spare: bool = False) -> Claim:
    name = presentable(node.name)
    part = Part(node.path, node.kind)
    return Claim(_student(student), (part,), spare=spare, label=name, number=copy_number(name))


def copy_number(name: str) -> int:
    """The number that browsers and desktops put behind the name of a later copy: 1 of ``s001 (1).zip``, else 0."""
    found = _COPY.search(stem(name).rstrip())
    return int(found[1]) if found else 0


def entries(listing: Mapping[str, Kind], base: str) -> list[Node]:
    """What lies directly below `base` ("" or ending with ``/``), but for what is passed over."""
    return _nodes(listing, base, 1)


def base_of(listing: Mapping[str, Kind], packed: bool) -> str:
    """Where the class begins: a single folder at the top of a `packed` place is what was packed."""
    tops = _nodes(listing, "", 1)
    return f"{tops[0].path}/" if packed and len(tops) == 1 and tops[0].kind == "folder" else ""


def nbgrader(listing: Mapping[str, Kind], base: str, name: str, assignment: str) -> list[Claim] | None:
    """``submitted/<student>/<assignment>/...`` below `base`, or in it where its `name` is submitted; else None.

    Raises UsageError where the folders do not hold the assignment.
    """
    for place in (f"{base}{_SUBMITTED}/", *([base] if name == _SUBMITTED else [])):
        if chosen := _nbgrader_assignment(listing, place, assignment):
            nodes = [node for node in entries(listing, place) if node.kind != "file"]
            return [_collected(node, f"{node.path}/{chosen}", listing) for node in nodes]
    return None


def _collected(node: Node, path: str, listing: Mapping[str, Kind]) -> Claim:
    student = _student(node.name)
    if node.kind != "folder":
        return Claim(student, (Part(node.path, node.kind),), known=True)
    parts = (Part(path, listing[path]),) if path in listing else ()
    return Claim(student, parts, known=True)


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


def clones(listing: Mapping[str, Kind], nodes: Iterable[Node], assignment: str) -> list[Claim]:
    """``<assignment>-<user>/`` that git made, and Classroom 50's ``<classroom>-<assignment>-<user>/``."""
    found = []
    for node in nodes:
        before, dash, user = presentable(node.name).partition(f"{assignment}-")
        of_classroom = before.endswith("-") and f"{node.path}/.classroom50.yaml" in listing
        if f"{node.path}/.git" in listing and dash and user and assignment and (not before or of_classroom):
            found.append(Claim(user, (Part(node.path, node.kind),), label=presentable(node.name)))
    return found


def in_order(found: Iterable[Claim]) -> list[Claim]:
    """In the natural order of students and paths."""
    return sorted(found, key=lambda claim: (natural(claim.student), natural(claim.where)))


def without(nodes: Sequence[Node], found: Iterable[Claim]) -> list[Node]:
    """The `nodes` of which the claims have no part."""
    taken = {part.path for claim in found for part in claim.parts}
    return [node for node in nodes if node.path not in taken]


def _nodes(listing: Mapping[str, Kind], base: str, depth: int) -> list[Node]:
    inside = ((path, kind) for path, kind in listing.items() if path.startswith(base) and kind != "left")
    return [Node(path, kind) for path, kind in inside if path.count("/", len(base)) == depth - 1]


def _student(name: str) -> str:
    return presentable(name).strip() or presentable(name)
