"""Many submissions, one after another; each result is in the gradebook and on disk before the next begins."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from grader import __version__
from grader.assignment import Assignment
from grader.errors import Fault
from grader.files import writing
from grader.flags import entry
from grader.gradebook import Ledger, Look, Seen, beside_score, look, sandbox_of, with_flags
from grader.grading import Grader
from grader.language import _
from grader.model import ClassReport, Report, Status
from grader.reports import facts_of, has_pages, renew_pages, write_class, write_pages
from grader.reports.facts import is_unjudged
from grader.submissions import Submission


class Handle(Protocol):
    """A submission that has not been read yet."""

    @property
    def student(self) -> str:
        """What tells the rows of a class apart."""
        ...

    def read(self) -> Submission:
        """The submission, in memory."""
        ...


@dataclass
class Batch:
    """A run over a class into a folder, with a gradebook.

    What the gradebook holds already, judged by the same assignment and grader, is graded again only if `again` says
    so or its pages are not in the folder. `seed` is the fingerprint of the hidden seed. `grader` is called once, when
    there is something to grade. `unjudged` tells whether we failed to judge something.
    """

    assignment: Assignment
    seed: str
    ledger: Ledger
    grader: Callable[[], Grader]
    folder: Path
    again: bool = False
    unjudged: bool = False
    _sandbox: str = ""
    _places: dict[str, int] = field(default_factory=dict)
    _unread: list[Report] = field(default_factory=list)
    _together: dict[tuple[str, str], Report] = field(default_factory=dict)

    def run(self, handles: Iterable[Handle], progress: Callable[[Report], None]) -> ClassReport:
        """Grades what is to be graded and writes all reports, those of the class also when it is interrupted.

        Raises Fault when they cannot be written; every file that is there is complete.
        """
        handles = list(handles)
        self._places = {handle.student: position for position, handle in reversed([*enumerate(handles)])}
        looks = [_look(position, handle) for position, handle in enumerate(handles)]
        known = self.ledger.sighted(one for one in looks if one is not None)
        seen = [known.get(one.key) if one is not None else None for one in looks]
        done = [one if one is not None and self._is_done(one) else None for one in seen]
        grader = functools.cache(self.grader)
        if not all(done):
            self._sandbox = grader().sandbox.name
        try:
            for position, (handle, one) in enumerate(zip(handles, done, strict=True)):
                progress(one.report if one is not None else self._graded(grader(), position, handle))
        finally:
            report = self._written()
        return report

    def _is_done(self, seen: Seen) -> bool:
        """Whether nothing is left to be graded, nor to be drawn on a page, of what the gradebook holds."""
        if self.again:
            return False
        # The arrays on a page are kept nowhere else. What does not count has none, nor has what a released score
        # keeps from counting, of which the assignment that made it is gone.
        shown = seen.shown and seen.tried.made_with == self.ledger.made_with
        with writing(self.folder):
            return not shown or has_pages(self.folder, seen.report)

    def _graded(self, grader: Grader, position: int, handle: Handle) -> Report:
        try:
            submission = handle.read()
        except Fault as fault:
            return self._unreadable(grader, handle, fault)
        one = look(position, submission)
        seen = None if self.again else self.ledger.known(one)
        if seen is not None and self._is_done(seen):
            return seen.report
        report = self._judged(grader, submission, one)
        self.unjudged |= is_unjudged(report)
        own = entry(submission, self.assignment.sought) if report.status is Status.GRADED else None
        recorded = self.ledger.recorded(one, report, own, grader.sandbox.name)
        stands = recorded.seen.report
        if recorded.is_shown:
            self._write_pages(beside_score(report, stands))
        return stands

    def _judged(self, grader: Grader, submission: Submission, one: Look) -> Report:
        """The members of a group who handed in the same are judged together."""
        together = (submission.group, one.content)
        if submission.group and together in self._together:
            return replace(self._together[together], student=submission.student, name=submission.name)
        report = grader.grade(submission)
        if submission.group:
            self._together[together] = report
        return report

    def _unreadable(self, grader: Grader, handle: Handle, fault: Fault) -> Report:
        """A submission that the disk does not give: there is nothing that the gradebook could hold."""
        report = grader.unjudged(Submission(handle.student, ()), fault)
        self.unjudged = True
        self._unread.append(report)
        self._write_pages(report)
        return report

    def _write_pages(self, report: Report) -> None:
        with writing(self.folder):
            write_pages(self.folder, report, facts_of(self._class(())))

    def _written(self) -> ClassReport:
        """Writes what concerns the class, and what changed beside the scores on pages that are there."""
        chosen = self.ledger.standings()
        if not self._sandbox:
            self._sandbox = sandbox_of(chosen)
        unread = {report.student for report in self._unread}
        reports = [report for report in with_flags(chosen) if report.student not in unread]
        report = self._class(sorted([*reports, *self._unread], key=lambda one: self._places[one.student]))
        write_standing(self.folder, report)
        return report

    def _class(self, reports: Sequence[Report]) -> ClassReport:
        return ClassReport(
            assignment=self.assignment.name,
            title=_(self.assignment.title),
            grader=__version__,
            seed=self.seed,
            sandbox=self._sandbox,
            max_score=self.assignment.max_score,
            submissions=tuple(reports),
        )


def write_standing(folder: Path, report: ClassReport) -> None:
    """Writes the class as it stands, and brings the pages of its students up to date. Raises Fault."""
    with writing(folder):
        write_class(folder, report)
        for one in report.submissions:
            renew_pages(folder, one)


def _look(position: int, handle: Handle) -> Look | None:
    """None where the disk does not give the submission now; it is tried again, and told, when its turn comes."""
    try:
        return look(position, handle.read())
    except Fault:
        return None
