"""What people add to what was judged: adjustments, comments, and the release of scores."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import isfinite

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader import __version__, key
from grader.assignment import Assignment
from grader.errors import UsageError
from grader.gradebook import asking
from grader.gradebook.asking import stored
from grader.gradebook.opening import Gradebook
from grader.gradebook.standing import Chosen
from grader.gradebook.standings import Standings
from grader.gradebook.tables import (
    AdjustmentRow,
    AssignmentRow,
    CommentRow,
    ReleasedRow,
    ReleaseRow,
    StudentRow,
)
from grader.gradebook.trail import history, now, told
from grader.language import _
from grader.late import Policy
from grader.model import ClassReport, Report
from grader.reports.facts import total


@dataclass(frozen=True)
class Release:
    """Scores that were made known: the id that stands on pages and exports, and whether it is new.

    `waiting` hand-ins are still to be graded, and may not be among them.
    """

    key: str
    is_new: bool
    reports: Collection[Report]
    waiting: int


@dataclass(frozen=True)
class Desk:
    """An instructor's place at a gradebook: one assignment, its policy, and who says it."""

    book: Gradebook
    assignment: str
    policy: Policy
    who: str

    def adjust(self, student: str, exercise: str | None, points: float, why: str) -> Report:
        """Gives (or takes) points of an exercise, or with None of the whole; the report as it stands then.

        Raises UsageError for an unknown student or exercise, no points, or no reason.
        """
        if not isfinite(points) or points == 0:
            raise UsageError(f"An adjustment is a number of points above or below 0, not {points:g}.")
        reason = _sentence(why, "An adjustment needs a reason: --why '...'.")

        def work(session: Session) -> Report:
            row, person = self._found(session, student)
            before = self._stands(session, row, person).report
            names = [one.name for one in before.exercises]
            if exercise is not None and exercise not in names:
                raise UsageError(
                    f"{self.assignment} has no exercise {exercise!r}; there are {', '.join(names)}."
                )
            of = {"assignment_id": row.id, "student_id": person.id, "who": stored(self.who), "made_at": now()}
            session.add(AdjustmentRow(exercise=exercise, points=points, why=reason, **of))
            session.flush()
            after = self._stands(session, row, person).report
            detail: dict[str, object] = {"exercise": exercise, "points": points, "why": reason}
            told(session, "adjusted", self.who, row.id, person.id, **detail, total=total(after))
            return after

        return self.book.run(work)

    def comment(self, student: str, text: str) -> Report:
        """Adds a sentence to a student's page; the report as it stands then. Raises UsageError as `adjust` does."""
        comment = _sentence(text, "A comment needs a text.")

        def work(session: Session) -> Report:
            row, person = self._found(session, student)
            of = {"assignment_id": row.id, "student_id": person.id, "who": stored(self.who), "made_at": now()}
            session.add(CommentRow(comment=comment, **of))
            session.flush()
            told(session, "commented", self.who, row.id, person.id, comment=comment)
            return self._stands(session, row, person).report

        return self.book.run(work)

    def publish(self) -> Release:
        """Keeps the scores of the last run, as they stand, as made known. Nothing new where nothing changed."""

        def work(session: Session) -> tuple[str, bool, Standings, int]:
            row = self._assignment(session)
            found = self._class(session, row)
            contents = {one.tried.student: _content(one.report) for one in found.whole()}
            if not contents:
                raise UsageError(
                    f"The gradebook holds no scores of {self.assignment} yet; run `grader grade` first."
                )
            last = session.scalars(
                select(ReleaseRow).where(ReleaseRow.assignment_id == row.id).order_by(ReleaseRow.id.desc())
            ).first()
            waiting = asking.waiting(session, row.id)
            if last is not None and _contents(session, last) == contents:
                return last.key, False, found, waiting
            release = ReleaseRow(
                key=_key(self.assignment, last.key if last else "", contents),
                assignment_id=row.id,
                who=stored(self.who),
                made_at=now(),
            )
            session.add(release)
            session.flush()
            for one in found.bare():
                self._release(session, release, one, contents[one.tried.student])
            return release.key, True, found, waiting

        name, is_new, found, waiting = self.book.run(work)
        return Release(name, is_new, replace(found, run=self.book.run), waiting)

    def report(self, assignment: Assignment) -> ClassReport:
        """The class that the last run saw, as it stands."""

        def work(session: Session) -> tuple[int, Standings, int]:
            row = self._assignment(session)
            return int(row.hidden_seed), self._class(session, row), asking.waiting(session, row.id)

        seed, found, waiting = self.book.run(work)
        found = replace(found, run=self.book.run)
        return ClassReport(
            assignment=assignment.name,
            title=_(assignment.title),
            grader=__version__,
            seed=key.fingerprint(seed),
            sandbox=found.sandbox,
            max_score=assignment.max_score,
            submissions=found,
            waiting=waiting,
        )

    def _release(self, session: Session, release: ReleaseRow, one: Chosen, content: str) -> None:
        person = asking.student_row(session, one.tried.student)
        if person is None:
            raise UsageError(f"The gradebook has lost {one.tried.student!r}.")
        report = one.report
        session.add(
            ReleasedRow(
                release_id=release.id,
                student_id=person.id,
                attempt_id=one.tried.id,
                result_id=one.tried.result,
                score=report.score,
                max_score=report.max_score,
                total=total(report),
                content=content,
            )
        )
        told(
            session,
            "published",
            self.who,
            release.assignment_id,
            person.id,
            release=release.key,
            total=total(report),
            max_score=report.max_score,
        )

    def _assignment(self, session: Session) -> AssignmentRow:
        row = asking.assignment_row(session, self.assignment)
        if row is None:
            known = ", ".join(asking.assignment_names(session)) or "none"
            raise UsageError(
                f"The gradebook {self.book.where} holds no {self.assignment!r}; it holds {known}."
            )
        return row

    def _found(self, session: Session, student: str) -> tuple[AssignmentRow, StudentRow]:
        return self._assignment(session), person_of(session, self.book, student)

    def _class(self, session: Session, row: AssignmentRow) -> Standings:
        """To be gone through within the transaction."""
        students = {key: key for key in asking.last_run(session, row.id)}
        return Standings(lambda work: work(session), row.id, self.policy, students)

    def _stands(self, session: Session, row: AssignmentRow, person: StudentRow) -> Chosen:
        found = asking.chosen(session, row.id, self.policy, {person.key: person.key})
        if not found:
            raise UsageError(f"{person.key} has handed in nothing for {self.assignment} that was graded.")
        return asking.filled(found[0], asking.texts(session, found)[found[0].tried.result])


def person_of(session: Session, book: Gradebook, student: str) -> StudentRow:
    """The student of an id. Raises UsageError where there is none."""
    person = asking.student_row(session, student)
    if person is None:
        ids = asking.ids_of(session, student)
        hint = f" That is the name of {', '.join(ids)}." if ids else ""
        raise UsageError(f"The gradebook {book.where} knows no student {student!r}.{hint}")
    return person


def student_history(book: Gradebook, student: str) -> list[dict[str, object]]:
    """The audit trail of a student over all assignments; nothing of one whom the gradebook does not know."""

    def work(session: Session) -> list[dict[str, object]]:
        person = asking.student_row(session, student)
        return [] if person is None else history(session, person)

    return book.run(work)


def _sentence(text: str, otherwise: str) -> str:
    if not text.strip():
        raise UsageError(otherwise)
    return stored(text.strip())


def _content(report: Report) -> str:
    """The points of a report and what they are made of; equal where nothing that was made known changed."""
    data = {
        "status": report.status.value,
        "points": [report.score, report.max_score, total(report)],
        "late": report.late,
        "adjustments": [[one.exercise, one.points] for one in report.adjustments],
        "exercises": [[one.name, one.score, one.max_score] for one in report.exercises],
    }
    return json.dumps(data)


def _contents(session: Session, release: ReleaseRow) -> dict[str, str]:
    wanted = (
        select(StudentRow.key, ReleasedRow.content)
        .join(StudentRow, StudentRow.id == ReleasedRow.student_id)
        .where(ReleasedRow.release_id == release.id)
    )
    return dict(session.execute(wanted).all())


def _key(assignment: str, last: str, contents: Mapping[str, str]) -> str:
    """The id of a release: of what it says and of the release before it."""
    said = json.dumps([assignment, last, sorted(contents.items())])
    return hashlib.sha256(said.encode()).hexdigest()[:10]
