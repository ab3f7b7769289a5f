"""One result on its way into the gradebook: student, attempt, result, and which result counts from here on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from grader import __version__
from grader.flags import Entry
from grader.gradebook import asking
from grader.gradebook.asking import stored
from grader.gradebook.looking import Look
from grader.gradebook.outcome import Outcome
from grader.gradebook.settling import Rules, Settled, settle, tell
from grader.gradebook.standing import Tried
from grader.gradebook.tables import AttemptRow, Base, ResultRow, StudentRow
from grader.gradebook.trail import now


@dataclass(frozen=True)
class Kept:
    """What was done. `tried` is the attempt as it stands where it is the student's first, and nothing can stand beside
    it; else None."""

    attempt: int
    settled: Settled
    tried: Tried | None


@dataclass(frozen=True)
class Keeper:
    """Keeps results of one run over an assignment, made by the same."""

    session: Session
    assignment: int
    run: int
    made_with: str
    rules: Rules

    def keep(self, one: Look, outcome: Outcome, own: Entry | None, sandbox: str) -> Kept:
        """Keeps a result, unless it says what the last one said, and lets it count where it may."""
        student = asking.student_row(self.session, one.student)
        attempt = None if student is None else self._attempt(student, one)
        if student is not None and attempt is not None:
            return self._again(student, attempt, one, outcome, own, sandbox)
        return self._first(student, one, outcome, own, sandbox)

    def _attempt(self, student: StudentRow, one: Look) -> AttemptRow | None:
        wanted = select(AttemptRow).filter_by(
            assignment_id=self.assignment, student_id=student.id, number=one.number, content=one.content
        )
        return self.session.scalars(wanted).one_or_none()

    def _first(
        self, student: StudentRow | None, one: Look, outcome: Outcome, own: Entry | None, sandbox: str
    ) -> Kept:
        """A result of an attempt that nobody has judged: plain rows, of which nothing need be read again."""
        if student is None:
            whose = self._row(StudentRow, key=stored(one.student), name=stored(one.name))
        else:
            whose, student.name = student.id, stored(one.name) or student.name
        attempt = self._row(
            AttemptRow,
            assignment_id=self.assignment,
            student_id=whose,
            number=one.number,
            content=one.content,
            entry_path=None if own is None else stored(own.path),
            entry_digest=None if own is None else own.digest.hex(),
            **seen_in(self.run, one),
        )
        result = self._row(ResultRow, attempt_id=attempt, counts=True, **self._columns(outcome, sandbox, 0))
        tell(self.session, self.assignment, whose, one.number, outcome, self.made_with, self.rules.who)
        if student is not None:
            return Kept(attempt, Settled(True), None)
        tried = Tried(
            id=attempt,
            student=one.student,
            number=one.number,
            content=one.content,
            handed_in=one.handed_in,
            flag=one.late,
            run=self.run,
            position=one.position,
            result=result,
            made_with=self.made_with,
            sandbox=sandbox,
            report=asking.bare(
                one.student, stored(one.name), outcome.status, outcome.score, outcome.max_score
            ),
        )
        return Kept(attempt, Settled(True), tried)

    def _again(
        self,
        student: StudentRow,
        attempt: AttemptRow,
        one: Look,
        outcome: Outcome,
        own: Entry | None,
        sandbox: str,
    ) -> Kept:
        student.name = stored(one.name) or student.name
        sees(attempt, self.run, one)
        if own is not None:
            attempt.entry_path, attempt.entry_digest = stored(own.path), own.digest.hex()
        self.session.flush()
        last = self.session.scalars(
            select(ResultRow)
            .where(ResultRow.attempt_id == attempt.id, ResultRow.made_with == self.made_with)
            .order_by(ResultRow.take.desc())
        ).first()
        result = last
        if result is None or not outcome.says_the_same(result.report):
            take = 0 if last is None else last.take + 1
            result = ResultRow(attempt_id=attempt.id, counts=False, **self._columns(outcome, sandbox, take))
            self.session.add(result)
            self.session.flush()
        settled = settle(self.session, attempt, student, result, self.rules, is_new=result is not last)
        return Kept(attempt.id, settled, None)

    def _columns(self, outcome: Outcome, sandbox: str, take: int) -> dict[str, Any]:
        return {
            "made_with": self.made_with,
            "take": take,
            "judged": outcome.judged,
            "status": outcome.status.value,
            "score": outcome.score,
            "max_score": outcome.max_score,
            "grader": __version__,
            "sandbox": sandbox,
            "report": outcome.text,
            "made_at": now(),
        }

    def _row(self, kind: type[Base], **columns: Any) -> int:
        """Adds a row and gives its number."""
        done = self.session.execute(insert(cast(Table, kind.__table__)), columns)
        return int(cast(Any, done).inserted_primary_key[0])


def seen_in(run: int, one: Look) -> dict[str, Any]:
    """The columns of an attempt that tell of the last run that saw it."""
    return {
        "run": run,
        "position": one.position,
        "path": stored(one.path),
        "handed_in": one.handed_in,
        "late": one.late,
        "team": stored(one.team),
    }


def sees(attempt: AttemptRow, run: int, one: Look) -> None:
    """Notes that a run sees an attempt."""
    for column, value in seen_in(run, one).items():
        # A run without a table of times must not pardon what another one knew to be late.
        if value is not None:
            setattr(attempt, column, value)
