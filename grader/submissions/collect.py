"""Collecting a class: what lies somewhere, a roster and a table of times become submissions, and every file a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from grader.language import _
from grader.submissions.accounts import Row, rows_of, told
from grader.submissions.attempts import in_turn, next_free, shared
from grader.submissions.find import Handle, Place, located
from grader.submissions.layouts import Claim
from grader.submissions.matching import group_before, matched
from grader.submissions.names import folded, natural, presentable, several
from grader.submissions.roster import Roster, Student
from grader.submissions.submission import Submission
from grader.submissions.times import Times, names_of


@dataclass(frozen=True)
class Collected:
    """A class, collected.

    `handles` hold every attempt, those of one student one after another, the last one last; a student of the roster
    without a hand-in has a handle that reads as nothing. `rows` account for every file and every missing student,
    `notes` are sentences to the instructor.
    """

    handles: tuple[Handle, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    @property
    def latest(self) -> tuple[Handle, ...]:
        """The last attempt of each student."""
        return tuple({handle.student: handle for handle in self.handles}.values())

    def summary(self) -> list[str]:
        """A few lines for the terminal: who handed in, who did not, what was passed over."""
        return [*told(self.rows), *self.notes]


def find(path: Path, assignment: str = "") -> list[Handle]:
    """The submissions at `path` without a roster, see `collect`."""
    return list(collect(path, assignment).handles)


def collect(
    path: Path, assignment: str = "", roster: Roster | None = None, times: Times | None = None
) -> Collected:
    """The submissions at `path` in natural order of their students.

    `path` is a folder or an archive that holds a class, or a single file. `assignment` names nbgrader's folder and
    git's clones. A hand-in that fits no student of the roster keeps the id by which it lies there. Raises UsageError
    when nothing lies there.
    """
    place = located(path, assignment)
    roster, times = roster or Roster(), times or Times()
    ids = {folded(student.id) for student in roster.students}
    below = _names_below(place) if roster.students else {}
    owners = matched(place.claims, roster, lambda claim: "\n".join(below.get(claim.where, ())))
    pairs = list(zip(place.claims, owners, strict=True))
    taken = ids | {folded(claim.student) for claim, owner in pairs if owner is None}
    found = [_owned(place, claim, owner, ids, taken) for claim, owner in pairs]
    kept, beside = _without_spares(found)
    timed, strays = _timed(kept, times, roster)
    by_student = _by_student(timed)
    by_student |= shared(by_student, roster)
    for student in roster.students:
        nothing = Submission(student.id, (), student.name, group=student.group)
        by_student.setdefault(folded(student.id), [Handle(nothing, place.tree, Claim(student.id))])
    handles: list[Handle] = []
    for key in sorted(by_student, key=lambda key: natural(by_student[key][0].student)):
        handles += in_turn(by_student[key], taken)
    return Collected(
        tuple(handles),
        rows_of(place, handles, beside, ids if roster.students else None),
        (*roster.notes, *strays),
    )


def _owned(place: Place, claim: Claim, owner: Student | None, ids: Set[str], taken: set[str]) -> Handle:
    about = Submission(
        claim.student,
        (),
        claim.name,
        handed_in=claim.handed_in,
        late=claim.late,
        path=claim.where,
        group=claim.group,
    )
    if owner is not None:
        group = owner.group or claim.group or (group_before(claim.name, owner) if claim.known else "")
        about = replace(about, student=owner.id, name=owner.name or claim.name, group=group)
    elif folded(claim.student) in ids:
        # The id is that of one student and another id of a second: whose it is, nobody can say.
        about = replace(about, student=next_free(claim.student, taken))
    return Handle(about, place.tree, claim)


def _without_spares(found: Sequence[Handle]) -> tuple[list[Handle], list[Handle]]:
    """The hand-ins that are read, each with a note of the documents of its student that lie beside it, and these."""
    by_student = _by_student(found)
    kept: list[Handle] = []
    beside: list[Handle] = []
    for handles in by_student.values():
        first = [handle for handle in handles if not handle.claim.spare]
        spare = [handle for handle in handles if handle.claim.spare] if first else []
        paths = several([handle.claim.where for handle in spare]) if spare else ""
        note = _("Not read, because it lies beside code: {paths}.").format(paths=paths)
        notes = (note,) if spare else ()
        kept += [replace(one, about=replace(one.about, notes=notes)) for one in first or handles]
        beside += spare
    return kept, beside


def _timed(found: Sequence[Handle], times: Times, roster: Roster) -> tuple[list[Handle], tuple[str, ...]]:
    """With the times of the table in place of others, and a sentence about those that are of nobody here.

    A time that names a student only is used if that student has one hand-in.
    """
    if not times.rows:
        return list(found), ()
    by_student = _by_student(found)
    keys = {student.id: student.keys for student in roster.students}
    timed: list[Handle] = []
    known: set[str] = set()
    for handle in found:
        files = [presentable(part.path) for part in handle.claim.parts]
        ids = (handle.student, handle.claim.student, *handle.claim.keys, *keys.get(handle.student, ()))
        known |= {*names_of(files), *map(folded, ids)}
        when = times.of_files(files)
        if when is None and len(by_student[folded(handle.student)]) == 1:
            when = times.of_student(ids)
        timed.append(replace(handle, about=replace(handle.about, handed_in=when)) if when else handle)
    nobodys = [row[0] for row in times.rows if known.isdisjoint(row)]
    note = _("Times of nothing that was handed in: {names}.").format(
        names=several(nobodys) if nobodys else ""
    )
    return timed, (note,) if nobodys else ()


def _by_student(handles: Iterable[Handle]) -> dict[str, list[Handle]]:
    found: dict[str, list[Handle]] = {}
    for handle in handles:
        found.setdefault(folded(handle.student), []).append(handle)
    return found


def _names_below(place: Place) -> dict[str, list[str]]:
    """The names of the files below each claim's first part."""
    names: dict[str, list[str]] = {claim.where: [] for claim in place.claims}
    for path in place.listing:
        above, _, name = presentable(path).rpartition("/")
        while above:
            if above in names:
                names[above].append(name)
            above = above.rpartition("/")[0]
    return names
