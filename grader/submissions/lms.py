"""What learning management systems call the files that they pack: Moodle, Blackboard and Canvas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from grader.submissions.layouts import Claim, Node, Part, copy_number
from grader.submissions.moments import aware
from grader.submissions.names import natural, presentable

_MOODLE = re.compile(
    r"(?P<name>.+)_(?P<id>[0-9]+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<file>.*))?", re.DOTALL
)
_BLACKBOARD = re.compile(
    r"(?P<name>.+)_(?P<id>[^_]+)_attempt_(?P<time>[0-9]{4}(?:-[0-9]{2}){5})(?:_(?P<file>.+)|\.txt)", re.DOTALL
)
_CANVAS = re.compile(
    r"(?:(?P<name>(?!LATE_|anon_)[^_].*?)_)?(?:(?P<late>LATE)_)?(?P<id>[0-9]+|anon_[A-Za-z0-9]+)"
    r"_(?P<attachment>[0-9]+)_(?P<file>.+)",
    re.DOTALL,
)

Named = tuple[Node, re.Match[str]]


def packed_by_lms(nodes: Sequence[Node]) -> list[Claim]:
    """The claims of the first system whose names these are; none where they are nobody's."""
    for pattern, least, claims_of in _SYSTEMS:
        named = [(node, found) for node in nodes if (found := pattern.fullmatch(presentable(node.name)))]
        if len(named) > least * len(nodes) and (claims := claims_of(named)):
            return claims
    return []


def _moodle(named: Sequence[Named]) -> list[Claim]:
    """A folder a student or, as an instructor may prefer, files side by side; online text lies beside either.

    A folder that a desktop numbered is a later download.
    """
    folders = [one for one in named if one[0].kind != "file"]
    files = [one for one in named if one[0].kind == "file"]
    claims = [replace(_claim([one]), number=copy_number(presentable(one[0].name))) for one in folders]
    claims += [_claim(group) for group in _by(files, lambda found: (found["id"], found["kind"]))]
    return claims


def _blackboard(named: Sequence[Named]) -> list[Claim]:
    """Files side by side, and beside those of every attempt a ``.txt`` of Blackboard's, which is not read."""
    claims = []
    for group in _by(named, lambda found: (found["id"], found["time"])):
        files = [one for one in group if one[1]["file"]]
        first = group[0][1]
        claim = replace(_claim(files or group), name="", spare=not files, label=first["name"])
        texts = tuple(Part(node.path, "left") for node, found in group if files and not found["file"])
        claims.append(replace(claim, parts=(*claim.parts, *texts), handed_in=_clock(first["time"])))
    return claims


def _canvas(named: Sequence[Named]) -> list[Claim]:
    """Files side by side. Other classes' names look alike: an id belongs to one name, most names differ."""
    if any(node.kind == "folder" for node, _ in named):
        return []
    names = {(found["id"], found["name"]) for _, found in named}
    ids = {student for student, _ in names}
    attachments = Counter(found["attachment"] for _, found in named)
    alike = len(ids) > 1 and len({name for _, name in names if name}) == 1
    if len(names) > len(ids) or (len(ids) == 1 < len(named)) or alike or max(attachments.values()) > 1:
        return []
    claims = []
    for group in _by(named, lambda found: (found["id"],)):
        late = any(found["late"] for _, found in group)
        claims.append(replace(_claim(group), late=late))
    return claims


def _clock(text: str) -> datetime | None:
    try:
        return aware(datetime.strptime(text, "%Y-%m-%d-%H-%M-%S"))
    except ValueError:
        return None


def _claim(group: Sequence[Named]) -> Claim:
    known = group[0][1].groupdict()
    parts = tuple(
        Part(node.path, node.kind, found["file"] or "" if node.kind == "file" else "")
        for node, found in group
    )
    name = known["name"] or ""
    online = known.get("kind") == "onlinetext"
    return Claim(known["id"], parts, name, spare=online, known=True, label=name)


def _by(named: Iterable[Named], key: Callable[[re.Match[str]], tuple[str, ...]]) -> list[list[Named]]:
    def sorting(one: Named) -> tuple[object, ...]:
        return (*map(natural, key(one[1])),)

    return [list(group) for _, group in groupby(sorted(named, key=sorting), key=sorting)]


# Canvas's names are the least peculiar: it must have made more than half of all.
_SYSTEMS = ((_MOODLE, 0.0, _moodle), (_BLACKBOARD, 0.0, _blackboard), (_CANVAS, 0.5, _canvas))
