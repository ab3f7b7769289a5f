"""One result on its way into the gradebook: student, attempt, result, and which result counts from here on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Insert, and_, bindparam, insert, select
from sqlalchemy.orm import Session

from grader import __version__
from grader.flags import Entry
from grader.gradebook import asking
from grader.gradebook.asking import stored
from grader.gradebook.looking import Look
from grader.gradebook.settling import Rules, Settled, settle, tell
from grader.gradebook.standing import Tried
from grader.gradebook.tables import ATTEMPTS, RESULTS, STUDENTS, AttemptRow, ResultRow, StudentRow
from grader.gradebook.trail import now
from grader.reports.outcome import Outcome

# As in `ledger`, made once.
_KNOWN = (
    select(STUDENTS.c.id, STUDENTS.c.name, ATTEMPTS.c.id)
    .select_from(STUDENTS)
    .outerjoin(
        ATTEMPTS,
        and_(
            ATTEMPTS.c.student_id == STUDENTS.c.id,
            ATTEMPTS.c.assignment_id == bindparam("assignment"),
            ATTEMPTS.c.number == bindparam("number"),
            ATTEMPTS.c.content == bindparam("content"),
        ),
    )
    .where(STUDENTS.c.key == bindparam("key"))
)
_STUDENT, _ATTEMPT, _RESULT = map(insert, (STUDENTS, ATTEMPTS, RESULTS))


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
        asked = {
            "assignment": self.assignment,
            "key": stored(one.student),
            "number": one.number,
            "content": one.content,
        }
        student, called, attempt = self.session.execute(_KNOWN, asked).one_or_none() or (None, None, None)
        if student is not None and one.name and called != stored(one.name):
            self.session.get_one(StudentRow, student).name = stored(one.name)
        if student is not None and attempt is not None:
            return self._again(student, attempt, one, outcome, own, sandbox)
        return self._first(student, one, outcome, own, sandbox)

    def _first(
        self, student: int | None, one: Look, outcome: Outcome, own: Entry | None, sandbox: str
    ) -> Kept:
        """A result of an attempt that nobody has judged: plain rows, of which nothing need be read again."""
        name = stored(one.name)
        whose = self._row(_STUDENT, key=stored(one.student), name=name) if student is None else student
        attempt = self._row(
            _ATTEMPT,
            assignment_id=self.assignment,
            student_id=whose,
            number=one.number,
            content=one.content,
            entry_path=None if own is None else stored(own.path),
            entry_digest=None if own is None else own.digest.hex(),
            **seen_in(self.run, one),
        )
        result = self._row(_RESULT, attempt_id=attempt, counts=True, **self._columns(outcome, sandbox, 0))
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
            report=asking.bare(one.student, name, outcome.status, outcome.score, outcome.max_score),
        )
        return Kept(attempt, Settled(True), tried)

    def _again(
        self, student: int, attempted: int, one: Look, outcome: Outcome, own: Entry | None, sandbox: str
    ) -> Kept:
        attempt = self.session.get_one(AttemptRow, attempted)
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
        whose = self.session.get_one(StudentRow, student)
        settled = settle(self.session, attempt, whose, result, self.rules, is_new=result is not last)
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

    def _row(self, into: Insert, **columns: Any) -> int:
        """Adds a row and gives its number."""
        done = self.session.execute(into, columns)
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
    """Notes that a run sees an attempt, unless one that began later has seen it."""
    if attempt.run > run:
        return
    for column, value in seen_in(run, one).items():
        # A run without a table of times must not pardon what another one knew to be late.
        if value is not None:
            setattr(attempt, column, value)
