"""Finding the submissions of a class, without reading them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import UsageError
from grader.language import _
from grader.submissions.layouts import Claim, Node, claims, plain
from grader.submissions.names import folded, is_archive, passed_over, presentable, several, shown
from grader.submissions.opening import opened
from grader.submissions.submission import Budget, Refused, Submission
from grader.submissions.trees import Folder, Packed, Tree

_EXPECTED = (
    "expected one folder or one .py, .ipynb or .zip file a student, an archive of these, or nbgrader's "
    "submitted/<student>/<assignment>/"
)


@dataclass(frozen=True)
class Handle:
    """One submission, found and not yet read. `about` is all that is known of it but its files."""

    about: Submission
    tree: Tree
    claim: Claim

    @property
    def student(self) -> str:
        """Unique in its class, but for the attempts of one student."""
        return self.about.student

    def read(self) -> Submission:
        """Brings the files into memory. What the student did wrong is the submission's `problem`.

        Raises Fault when the disk, or the archive of the whole class, cannot be read.
        """
        blank = self.about
        path = self.claim.path
        if path is None:
            return blank
        where = shown(presentable(path.rpartition("/")[2]))
        if self.claim.kind in ("link", "special"):
            return replace(
                blank,
                problem=_("{where} is a link or special file; hand in the file itself.").format(where=where),
            )
        try:
            contents = self.tree.read(path, Budget())
        except Refused as refused:
            return replace(blank, problem=str(refused))
        result = opened(contents, where)
        problem = result.problem()
        others = [sentence for sentence in result.failures if sentence != problem]
        notes = (*blank.notes, *result.notes, *others)
        return replace(blank, files=tuple(result.files), problem=problem, notes=notes)


def find(path: Path, assignment: str = "") -> list[Handle]:
    """The submissions at `path` in natural order of their students.

    `path` is a folder or an archive that holds a class, or a single file. `assignment` names nbgrader's
    folder. Raises UsageError when there are none.
    """
    name = shown(str(path))
    try:
        path.stat()
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}; {_EXPECTED}.") from error
    tree, found = _found(path, assignment)
    if not found:
        raise UsageError(f"{name} holds no submission; {_EXPECTED}.")
    return [
        Handle(Submission(claim.student, (), claim.name, notes=notes), tree, claim)
        for claim, notes in _told_apart(found)
    ]


def _found(path: Path, assignment: str) -> tuple[Tree, list[Claim]]:
    if path.is_dir():
        folder = Folder(path)
        return folder, claims(folder.listing(), path.resolve().name, assignment)
    if is_archive(path.name):
        packed = Packed(path)
        return packed, claims(packed.listing(), path.name, assignment, packed=True)
    file = path.resolve()
    claim = plain(Node(file.name, "file"))
    return Folder(file.parent), [] if claim is None or passed_over(file.name) else [claim]


def _told_apart(found: Iterable[Claim]) -> list[tuple[Claim, tuple[str, ...]]]:
    groups: dict[str, list[Claim]] = {}
    for claim in found:
        groups.setdefault(folded(claim.student), []).append(claim)
    taken = set(groups)
    rows: list[tuple[Claim, tuple[str, ...]]] = []
    for group in groups.values():
        kept = [claim for claim in group if not claim.spare] or group
        beside = [claim for claim in group if claim not in kept]
        notes: tuple[str, ...] = (
            (_("Not read, because it lies beside code: {paths}.").format(paths=_paths(beside)),)
            if beside
            else ()
        )
        if len(kept) > 1:
            several_rows = _("More than one entry of this student, each with a row of its own: {paths}.")
            notes += (several_rows.format(paths=_paths(kept)),)
        rows.append((kept[0], notes))
        rows += [(replace(claim, student=_next_free(claim.student, taken)), notes) for claim in kept[1:]]
    return rows


def _paths(found: Iterable[Claim]) -> str:
    return several([presentable(claim.path) for claim in found if claim.path is not None])


def _next_free(student: str, taken: set[str]) -> str:
    number = 2
    while folded(f"{student} ({number})") in taken:
        number += 1
    taken.add(folded(f"{student} ({number})"))
    return f"{student} ({number})"
