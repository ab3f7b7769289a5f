"""What a human should look at, as a report tells it. A flag costs no points."""

from __future__ import annotations

import ast
import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from grader.box.flags import AUTOGRAD, IDS, MOST_OF_ONE
from grader.box.program import Note, Source, Wanted
from grader.language import _
from grader.model import Flag, Report
from grader.sentences import spot
from grader.submissions.names import NAMED, several, shown

SAME = "same-as-another"

_COMMENT = re.compile(r"#[^\n]*")


def flags_of(notes: Iterable[Note], reference: Source) -> tuple[Flag, ...]:
    """The flags among what was noted beside a student's code, a few of each kind.

    A library that the assignment's reference imports itself is none.
    """
    known = _imported(reference)
    flags = dict.fromkeys(
        Flag(note.id, spot(note.place))
        for note in notes
        if note.place is not None and not (note.id == AUTOGRAD and note.detail in known)
    )
    return tuple(flag for id in IDS for flag in [flag for flag in flags if flag.id == id][:MOST_OF_ONE])


@functools.cache
def _imported(source: Source) -> frozenset[str]:
    """The modules that our own text imports, by the first part of their names."""
    names: set[str] = set()
    for cell in source.cells:
        for node in ast.walk(ast.parse(cell.text)):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
    return frozenset(name.partition(".")[0] for name in names)


@dataclass(frozen=True)
class Entry:
    """The file of a submission that defines most exercises. `digest` is equal for equal code, whatever its comments,
    white space and cells."""

    path: str
    digest: bytes


def entry(found: Iterable[Source], wanted: Sequence[Wanted]) -> Entry | None:
    """The entry among a submission's sources, by their text alone; None where none seems to define any exercise."""
    names = "|".join(re.escape(name) for one in wanted for name in (one.name, *one.aliases))
    # Beginning with a letter and not with ^, it is sought much faster.
    definition = re.compile(rf"\n[ \t]*(?:def|class)[ \t]+({names})\b")
    best, most = None, 0
    for source in found:
        text = "\n".join(cell.text for cell in source.cells)
        count = len(set(definition.findall("\n" + text)))
        if count > most:
            best, most = Entry(source.path, _digest(text)), count
    return best


def _digest(text: str) -> bytes:
    bare = "".join(_COMMENT.sub("", text).split())
    return hashlib.sha256(bare.encode("utf-8", "replace")).digest()


class Copies:
    """The entries of a class, by what is in them, to find those that are equal but of different teams.

    What earns nothing is not looked at: the starter as it was handed out is everybody's.
    """

    def __init__(self) -> None:
        self._first: dict[bytes, tuple[str, str]] = {}
        self._owners: dict[bytes, list[tuple[str, str]]] = {}
        self._in_team: Counter[tuple[bytes, str]] = Counter()

    def add(self, report: Report, own: Entry | None, team: str) -> None:
        """Notes one of the class; `team` is "" for one who handed in alone."""
        if own is None or report.score <= 0:
            return
        owner = report.student, team
        first = self._first.setdefault(own.digest, owner)
        if first is not owner:
            self._owners.setdefault(own.digest, [first]).append(owner)
        if team:
            self._in_team[own.digest, team] += 1

    def complete(self) -> None:
        """Forgets the entries that nobody else has, which are most, once everybody was added."""
        self._first.clear()
        self._in_team = Counter({key: many for key, many in self._in_team.items() if key[0] in self._owners})

    def flagged(self, report: Report, own: Entry | None, team: str) -> Report:
        """The report, flagged where its entry equals that of a student of another team."""
        if own is None or report.score <= 0:
            return report
        owners = self._owners.get(own.digest)
        count = len(owners) - (self._in_team[own.digest, team] if team else 1) if owners else 0
        if not owners or count <= 0:
            return report
        others = (
            student
            for student, theirs in owners
            if student != report.student and not (team and theirs == team)
        )
        few = several(list(islice(others, NAMED)), count)
        where = _("{file}, like that of {others}").format(file=shown(own.path), others=few)
        return replace(report, flags=(*report.flags, Flag(SAME, where)))
