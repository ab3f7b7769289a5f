"""A run over a class; each result is in the gradebook and on disk as soon as it is made."""

from __future__ import annotations

import gc
import heapq
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from grader import __version__
from grader.assignment import Assignment
from grader.batch.crew import Crew, alone, handed_out
from grader.batch.work import Graded, Judge, Task, Whose
from grader.errors import Fault
from grader.files import writing
from grader.gradebook import Before, Ledger, Look, Result, Seen, Streamed, look, result_id
from grader.grading import Grader
from grader.language import _
from grader.model import ClassReport, Report
from grader.reports import (
    ClassFacts,
    has_pages,
    put_pages,
    renew_pages,
    stands_beside,
    write_class,
    write_pages,
)
from grader.submissions import Submission

_ASKED = 16
"""Submissions of which the gradebook is asked together whether somebody else has judged them by now."""


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
    there is something to grade; `crew` says, for so many submissions, who does it, and is asked before that, so that
    what takes time to start can start. `unjudged` tells whether we failed to judge something.
    """

    assignment: Assignment
    seed: str
    ledger: Ledger
    grader: Callable[[], Grader]
    folder: Path
    again: bool = False
    crew: Callable[[int], Callable[[Judge], Crew]] = lambda _: alone
    unjudged: bool = False
    # Whether this run drew a student's pages, with nothing beside the score.
    _students: dict[str, bool] = field(default_factory=dict)
    _unread: list[Report] = field(default_factory=list)
    _waiting: int = 0

    def run(
        self,
        handles: Sequence[Handle],
        progress: Callable[[str], None],
        known: Callable[[str], None] | None = None,
    ) -> ClassReport:
        """Grades what is to be graded and writes all reports, those of the class also when it is interrupted.

        Returns the class as `write_class` keeps it. `progress` is told of every student, but for those of whom all is
        known already, where somebody else asks for them. Raises Fault when reports cannot be written; every file that
        is there is complete.
        """
        self._students = dict.fromkeys((handle.student for handle in handles), False)
        looks = [_look(position, handle) for position, handle in enumerate(handles)]
        seen = self.ledger.sighted([one for one in looks if one is not None])
        done = [one is not None and self._is_done(next(seen)) for one in looks]
        left = _together((position for position, is_done in enumerate(done) if not is_done), looks)
        del looks, seen  # what is left is looked at again, and of the rest there is much
        gc.freeze()  # what was collected stays to the end: to look for garbage in it is time for nothing
        self._waiting = done.count(False)

        def graded(student: str) -> None:
            self._waiting -= 1
            progress(student)

        crew = self.crew(len(left)) if left else alone
        judge = Judge(grader := self.grader(), self._facts(grader.sandbox.name)) if left else None
        try:
            for handle, is_done in zip(handles, done, strict=True):
                if is_done:
                    (known or progress)(handle.student)
            if judge is not None:
                self._grade(judge, crew, handles, left, graded)
        finally:
            if judge is not None:
                judge.grader.sandbox.close()
            report = self._written(judge)
        return report

    def _is_done(self, seen: Seen | None) -> bool:
        """Whether nothing is left to be graded, nor to be drawn on a page, of what the gradebook holds."""
        if seen is None or self.again:
            return False
        # The arrays on a page are kept nowhere else. What does not count has none, nor has what a released score
        # keeps from counting, of which the assignment that made it is gone.
        shown = seen.shown and seen.tried.made_with == self.ledger.made_with
        with writing(self.folder):
            return not shown or has_pages(self.folder, seen.report)

    def _grade(
        self,
        judge: Judge,
        crew: Callable[[Judge], Crew],
        handles: Sequence[Handle],
        groups: _Left,
        progress: Callable[[str], None],
    ) -> None:
        """Hands out what is left, and keeps what comes back."""
        tasks = self._tasks(judge, handles, groups, progress)
        with closing(handed_out(crew(judge), tasks)) as results:
            for came in results:
                done = [
                    (looks, judge.lost(task, result) if isinstance(result, Fault) else result)
                    for looks, task, result in came
                ]
                self._keep(done)
                for looks, _graded in done:
                    for one in looks:
                        progress(one.student)

    def _tasks(
        self,
        judge: Judge,
        handles: Sequence[Handle],
        groups: _Left,
        progress: Callable[[str], None],
    ) -> Iterator[tuple[list[Look], Task]]:
        """What is still to be graded when its turn comes, read no earlier than that."""
        for group, before in self._known(handles, groups):
            waiting: list[tuple[Look, Whose, Submission]] = []
            for position in group:
                handle = handles[position]
                try:
                    submission = handle.read()
                except Fault as fault:
                    self._unreadable(judge, handle, fault)
                    progress(handle.student)
                    continue
                one = look(position, submission)
                if one.key in before.judged and self._is_done(self.ledger.seen(one)):
                    progress(handle.student)
                    continue
                result = result_id(one.content, self.ledger.made_with)
                name = submission.name or before.name(one)
                whose = Whose(one.student, submission.name, name, result)
                waiting.append((one, whose, submission))
            # Who handed in the same together a moment ago may not do so now.
            while waiting:
                content, submission = waiting[0][0].content, waiting[0][2]
                same = [entry for entry in waiting if entry[0].content == content]
                waiting = [entry for entry in waiting if entry[0].content != content]
                yield [entry[0] for entry in same], Task(submission, tuple(entry[1] for entry in same))

    def _known(
        self, handles: Sequence[Handle], groups: Iterable[Sequence[int]]
    ) -> Iterator[tuple[Sequence[int], Before]]:
        """The groups, each with what is known of its members shortly before its turn comes."""
        rest = iter(groups)
        while piece := list(islice(rest, _ASKED)):
            before = self.ledger.before(handles[position].student for group in piece for position in group)
            yield from ((group, before) for group in piece)

    def _keep(self, done: Sequence[tuple[Sequence[Look], Graded]]) -> None:
        """Keeps results that came at the same time, and writes the pages of those that count."""
        sheets = [sheet for _looks, graded in done for sheet in graded.sheets]
        results = [
            Result(one, sheet.outcome, graded.entry, graded.sandbox)
            for looks, graded in done
            for one, sheet in zip(looks, graded.sheets, strict=True)
        ]
        self.unjudged |= not all(sheet.outcome.judged for sheet in sheets)
        for recorded, sheet in zip(self.ledger.recorded_together(results), sheets, strict=True):
            if recorded.is_shown:
                stands = replace(recorded.stands, flags=sheet.outcome.flags)
                with writing(self.folder):
                    put_pages(self.folder, stands, sheet.pages)
                self._students[stands.student] = not stands_beside(stands, instructor=True)

    def _unreadable(self, judge: Judge, handle: Handle, fault: Fault) -> None:
        """A submission that the disk does not give: there is nothing that the gradebook could hold."""
        report = judge.grader.unjudged(Submission(handle.student, ()), fault)
        self.unjudged = True
        self._unread.append(report)
        with writing(self.folder):
            write_pages(self.folder, report, judge.facts)

    def _written(self, judge: Judge | None) -> ClassReport:
        """Writes what concerns the class, and what changed beside the scores on pages that are there."""
        unread = {report.student for report in self._unread}
        found = self.ledger.standings(student for student in self._students if student not in unread)
        report = ClassReport(
            assignment=self.assignment.name,
            title=_(self.assignment.title),
            grader=__version__,
            seed=self.seed,
            sandbox=found.sandbox if judge is None else judge.facts.sandbox,
            max_score=self.assignment.max_score,
            submissions=_InPlace(found, tuple(self._unread), tuple(self._students)) if unread else found,
            waiting=self._waiting,
        )
        return write_standing(self.folder, report, self._students)

    def _facts(self, sandbox: str) -> ClassFacts:
        return ClassFacts(self.assignment.name, _(self.assignment.title), __version__, self.seed, sandbox)


@dataclass(frozen=True, eq=False)
class _InPlace(Streamed):
    """What the gradebook holds, and between it what could not be read, each in its place."""

    found: Sequence[Report]
    unread: tuple[Report, ...]
    students: tuple[str, ...]

    def __iter__(self) -> Iterator[Report]:
        places = {student: place for place, student in enumerate(self.students)}

        def place(report: Report) -> int:
            return places[report.student]

        return heapq.merge(self.found, sorted(self.unread, key=place), key=place)

    def __len__(self) -> int:
        return len(self.found) + len(self.unread)


def write_standing(
    folder: Path, report: ClassReport, drawn: Mapping[str, bool] = MappingProxyType({})
) -> ClassReport:
    """Writes the class as it stands, and brings the pages of its students up to date. Returns what `write_class` keeps
    of it. Raises Fault.

    `drawn` says of whom the pages were just drawn, with nothing beside the score.
    """
    with writing(folder):
        light = write_class(folder, report)
        for one in light.submissions:
            if stands_beside(one, instructor=True) or not drawn.get(one.student):
                renew_pages(folder, one)
    return light


def _look(position: int, handle: Handle) -> Look | None:
    """None where the disk does not give the submission now; it is tried again, and told, when its turn comes."""
    try:
        return look(position, handle.read())
    except Fault:
        return None


@dataclass(frozen=True)
class _Left:
    """The positions of what is left to be graded: one of each group, and the others by it. In few bytes, because they
    are kept over the run."""

    first: array[int]
    others: Mapping[int, Sequence[int]]

    def __len__(self) -> int:
        return len(self.first)

    def __iter__(self) -> Iterator[Sequence[int]]:
        return ((first, *self.others.get(first, ())) for first in self.first)


def _together(positions: Iterable[int], looks: Sequence[Look | None]) -> _Left:
    """Of members of a group who handed in the same as one."""
    leaders: dict[tuple[str, str], int] = {}
    first, others = array("L"), dict[int, list[int]]()
    for position in positions:
        one = looks[position]
        leader = leaders.setdefault((one.team, one.content), position) if one and one.team else position
        if leader == position:
            first.append(position)
        else:
            others.setdefault(leader, []).append(position)
    return _Left(first, others)
