"""What a human should look at, as a report tells it. A flag costs no points."""

from __future__ import annotations

import ast
import functools
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.box.flags import AUTOGRAD, IDS, MOST_OF_ONE
from grader.box.program import Note, Source, Wanted
from grader.errors import UnreadableSubmission
from grader.language import _
from grader.model import Flag, Report
from grader.sentences import spot
from grader.submissions import Submission, sources
from grader.submissions.names import several, shown

SAME = "same-as-another"

_FILLING = re.compile(r"#[^\n]*|\s+")


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


def entry(submission: Submission, wanted: Sequence[Wanted]) -> Entry | None:
    """The entry of a submission, by its text alone; None where no file seems to define any exercise."""
    names = "|".join(re.escape(name) for one in wanted for name in (one.name, *one.aliases))
    definition = re.compile(rf"^[ \t]*(?:def|class)[ \t]+({names})\b", re.MULTILINE)
    try:
        found, _ = sources(submission)
    except UnreadableSubmission:
        return None
    best, most = None, 0
    for source in found:
        text = "\n".join(cell.text for cell in source.cells)
        count = len(set(definition.findall(text)))
        if count > most:
            best, most = Entry(source.path, _digest(text)), count
    return best


def _digest(text: str) -> bytes:
    return hashlib.sha256(_FILLING.sub("", text).encode("utf-8", "replace")).digest()


def with_copies(
    reports: Sequence[Report], entries: Mapping[str, Entry], teams: Mapping[str, str]
) -> list[Report]:
    """The reports of a class, those whose entry equals that of a student of another team flagged.

    `entries` go by student, and so do `teams`, those who handed in together. What earns nothing is
    not looked at: the starter as it was handed out is everybody's.
    """
    owners: dict[bytes, list[str]] = {}
    for report in reports:
        if report.score > 0 and report.student in entries:
            owners.setdefault(entries[report.student].digest, []).append(report.student)
    return [_with_copy(report, entries.get(report.student), owners, teams) for report in reports]


def _with_copy(
    report: Report, own: Entry | None, owners: Mapping[bytes, Sequence[str]], teams: Mapping[str, str]
) -> Report:
    team = teams.get(report.student, "")
    others = [
        student
        for student in (owners.get(own.digest, ()) if own else ())
        if student != report.student and not (team and teams.get(student) == team)
    ]
    if own is None or not others or report.score <= 0:
        return report
    where = _("{file}, like that of {others}").format(file=shown(own.path), others=several(others))
    return replace(report, flags=(*report.flags, Flag(SAME, where)))
