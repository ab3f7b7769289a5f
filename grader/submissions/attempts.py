"""Several hand-ins of one student, and one hand-in of several students."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.language import _
from grader.submissions.find import Handle
from grader.submissions.names import folded, several
from grader.submissions.roster import Roster


def in_turn(handles: Sequence[Handle], taken: set[str]) -> list[Handle]:
    """One student's hand-ins, numbered in the order in which they were made.

    Where nothing tells the order, each keeps a row of its own, as if of a student whose id is not yet `taken`.
    """
    if len(handles) == 1:
        return list(handles)
    ordered = _ordered(handles)
    if ordered:
        return [
            replace(handle, about=replace(handle.about, attempt=number))
            for number, handle in enumerate(ordered, 1)
        ]
    paths = several([handle.claim.where for handle in handles])
    note = _("More than one entry of this student, each with a row of its own: {paths}.").format(paths=paths)
    rows = [
        replace(handle, about=replace(handle.about, notes=(*handle.about.notes, note))) for handle in handles
    ]
    return [
        rows[0],
        *(replace(row, about=replace(row.about, student=next_free(row.student, taken))) for row in rows[1:]),
    ]


def shared(by_student: Mapping[str, Sequence[Handle]], roster: Roster) -> dict[str, list[Handle]]:
    """What the members of a group on the roster who handed in nothing share with those who did.

    Where several members handed in, it is what came last; where nothing tells what that is, nothing is shared.
    """
    mates: dict[str, list[Sequence[Handle]]] = {}
    for student in roster.students:
        if student.group and folded(student.id) in by_student:
            mates.setdefault(student.group, []).append(by_student[folded(student.id)])
    found = {}
    for student in roster.students:
        theirs = mates.get(student.group, [])
        if not theirs or folded(student.id) in by_student:
            continue
        last = theirs[0]
        if len(theirs) > 1:
            ordered = _ordered([handle for one in theirs for handle in one], by_time=True)
            if not ordered:
                continue
            last = next(one for one in theirs if ordered[-1] in one)
        found[folded(student.id)] = [
            replace(handle, about=replace(handle.about, student=student.id, name=student.name))
            for handle in last
        ]
    return found


def next_free(student: str, taken: set[str]) -> str:
    """A new id like `student`, which is `taken` from now on."""
    number = 2
    while folded(f"{student} ({number})") in taken:
        number += 1
    taken.add(folded(f"{student} ({number})"))
    return f"{student} ({number})"


def _ordered(handles: Sequence[Handle], by_time: bool = False) -> list[Handle]:
    """From the first to the last: by their times, else by the numbers of copies; empty where neither tells."""
    times = [handle.about.handed_in for handle in handles if handle.about.handed_in]
    if len(set(times)) == len(handles):
        return sorted(
            handles, key=lambda handle: handle.about.handed_in.timestamp() if handle.about.handed_in else 0
        )
    if not by_time and len({handle.claim.number for handle in handles}) == len(handles):
        return sorted(handles, key=lambda handle: handle.claim.number)
    return []
