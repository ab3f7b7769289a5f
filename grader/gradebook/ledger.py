"""What a run over an assignment writes: what it saw, and every result as it is made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader import __version__
from grader.errors import Fault
from grader.flags import Entry
from grader.gradebook import asking
from grader.gradebook.asking import stored
from grader.gradebook.looking import Key, Look
from grader.gradebook.opening import Gradebook
from grader.gradebook.settling import Move, Rules, Settled, settle
from grader.gradebook.standing import Beside, Chosen, Tried, stood
from grader.gradebook.tables import AssignmentRow, AttemptRow, ResultRow, StudentRow
from grader.gradebook.trail import now, this_user
from grader.late import Policy
from grader.model import Report
from grader.reports import report_to_dict
from grader.reports.facts import is_unjudged


@dataclass(frozen=True)
class Seen:
    """An attempt that was judged. `shown` says whether it is the one that counts for its student."""

    tried: Tried
    report: Report
    shown: bool


@dataclass(frozen=True)
class Recorded:
    """An attempt whose result was kept, and whether that very result is what counts for the student."""

    seen: Seen
    is_shown: bool


@dataclass
class Ledger:
    """One run's access to a gradebook. `made_with` is the hash of all that judges, see `digests`.

    `policy` and `allow_lower` decide whether a new result may take an older one's place; `moves` tells where one did,
    or would have.
    """

    book: Gradebook
    assignment: str
    made_with: str
    policy: Policy = field(default_factory=Policy)
    allow_lower: bool = False
    who: str = field(default_factory=this_user)
    moves: list[Move] = field(default_factory=list)
    _run: int = 0
    _students: dict[str, str] = field(default_factory=dict)

    def sighted(self, looks: Iterable[Look]) -> dict[Key, Seen]:
        """Begins a run: notes what it sees of the attempts that are known, and returns those judged by the same."""
        looks = list(looks)
        self._students = {stored(one.student): one.student for one in looks}

        def work(session: Session) -> tuple[dict[Key, Seen], list[Settled]]:
            row = self._row(session)
            row.runs += 1
            self._run = row.runs
            attempts, judged = self._attempts(session, row), self._judged(session, row)
            found: dict[Key, int] = {}
            settled: list[Settled] = []
            for one in looks:
                attempt = attempts.get(one.key)
                if attempt is not None:
                    self._sees(attempt, one)
                    if attempt.id in judged:
                        settled.append(self._settle(session, attempt, *judged[attempt.id]))
                        found[one.key] = attempt.id
            session.flush()
            seen = {
                tried.id: self._seen(chosen, tried)
                for chosen in asking.chosen(session, row.id, self.policy, self._students)
                for tried in chosen.attempts
            }
            return {key: seen[id] for key, id in found.items()}, settled

        seen, settled = self.book.run(work)
        self._noted(settled)
        return seen

    def known(self, one: Look) -> Seen | None:
        """The attempt, if by now another grader judged it by the same."""

        def work(session: Session) -> Seen | None:
            student, row = asking.student_row(session, one.student), self._row(session)
            if student is None:
                return None
            attempt = session.scalars(
                select(AttemptRow)
                .join(ResultRow, ResultRow.attempt_id == AttemptRow.id)
                .where(AttemptRow.assignment_id == row.id, AttemptRow.student_id == student.id)
                .where(AttemptRow.number == one.number, AttemptRow.content == one.content)
                .where(ResultRow.made_with == self.made_with, ResultRow.judged)
            ).first()
            return None if attempt is None else self._now(session, attempt, student)

        self._students[stored(one.student)] = one.student
        return self.book.run(work)

    def recorded(self, one: Look, report: Report, own: Entry | None, sandbox: str) -> Recorded:
        """Keeps a result, in a transaction of its own. One that says what the last one said is not kept twice."""
        data = report_to_dict(report, full=True)

        def work(session: Session) -> tuple[Recorded, Settled]:
            row = self._row(session)
            student = _student(session, one)
            attempt = self._attempt(session, row, student, one)
            if own is not None:
                attempt.entry_path, attempt.entry_digest = stored(own.path), own.digest.hex()
            result, is_new = self._result(session, attempt, report, data, sandbox)
            settled = settle(session, attempt, student, result, self._rules, is_new=is_new)
            seen = self._now(session, attempt, student)
            return Recorded(seen, seen.shown and settled.counts), settled

        self._students[stored(one.student)] = one.student
        recorded, settled = self.book.run(work)
        self._noted([settled])
        return recorded

    def standings(self) -> list[Chosen]:
        """What counts for every student whom this run saw and who has a result."""
        return self.book.run(
            lambda session: asking.chosen(session, self._row(session).id, self.policy, self._students)
        )

    @property
    def _rules(self) -> Rules:
        return Rules(self.policy, self.allow_lower, self.who)

    def _settle(self, session: Session, attempt: AttemptRow, result: int, counts: bool) -> Settled:
        """Lets a result that was there already count."""
        if counts:
            return Settled(True)
        student = session.get_one(StudentRow, attempt.student_id)
        return settle(
            session, attempt, student, session.get_one(ResultRow, result), self._rules, is_new=False
        )

    def _noted(self, settled: Iterable[Settled]) -> None:
        moves = [one.move for one in settled if one.move is not None]
        self.moves += [
            replace(move, new=replace(move.new, student=self._students[move.new.student])) for move in moves
        ]

    def _seen(self, chosen: Chosen, tried: Tried) -> Seen:
        if tried.id == chosen.tried.id:
            return Seen(tried, chosen.report, shown=True)
        return Seen(tried, stood(tried, self.policy, Beside()), shown=False)

    def _now(self, session: Session, attempt: AttemptRow, student: StudentRow) -> Seen:
        """An attempt that has a result, as it stands."""
        (chosen,) = asking.chosen(session, attempt.assignment_id, self.policy, self._students, student.id)
        return next(self._seen(chosen, tried) for tried in chosen.attempts if tried.id == attempt.id)

    def _row(self, session: Session) -> AssignmentRow:
        row = asking.assignment_row(session, self.assignment)
        if row is None:
            raise Fault(f"The gradebook {self.book.where} has lost {self.assignment}.")
        return row

    def _attempts(self, session: Session, row: AssignmentRow) -> Mapping[Key, AttemptRow]:
        wanted = (
            select(AttemptRow, StudentRow.key)
            .join(StudentRow, StudentRow.id == AttemptRow.student_id)
            .where(AttemptRow.assignment_id == row.id)
        )
        return {(key, found.number, found.content): found for found, key in session.execute(wanted)}

    def _judged(self, session: Session, row: AssignmentRow) -> Mapping[int, tuple[int, bool]]:
        """By attempt the last result made with the same, and whether it counts; none that we failed to make."""
        wanted = (
            select(ResultRow.attempt_id, ResultRow.id, ResultRow.counts)
            .join(AttemptRow, AttemptRow.id == ResultRow.attempt_id)
            .where(
                AttemptRow.assignment_id == row.id, ResultRow.made_with == self.made_with, ResultRow.judged
            )
            .order_by(ResultRow.take)
        )
        return {attempt: (result, counts) for attempt, result, counts in session.execute(wanted)}

    def _attempt(self, session: Session, row: AssignmentRow, student: StudentRow, one: Look) -> AttemptRow:
        same = {
            "assignment_id": row.id,
            "student_id": student.id,
            "number": one.number,
            "content": one.content,
        }
        attempt = session.scalars(select(AttemptRow).filter_by(**same)).one_or_none() or AttemptRow(**same)
        self._sees(attempt, one)
        session.add(attempt)
        session.flush()
        return attempt

    def _sees(self, attempt: AttemptRow, one: Look) -> None:
        attempt.run, attempt.position, attempt.path = self._run, one.position, stored(one.path)
        attempt.team = stored(one.team)
        # A run without a table of times must not pardon what another one knew to be late.
        attempt.handed_in = attempt.handed_in if one.handed_in is None else one.handed_in
        attempt.late = attempt.late if one.late is None else one.late

    def _result(
        self, session: Session, attempt: AttemptRow, report: Report, data: dict[str, Any], sandbox: str
    ) -> tuple[ResultRow, bool]:
        takes = session.scalars(
            select(ResultRow)
            .where(ResultRow.attempt_id == attempt.id, ResultRow.made_with == self.made_with)
            .order_by(ResultRow.take.desc())
        ).first()
        if takes is not None and _without_time(json.loads(takes.report)) == _without_time(data):
            return takes, False
        result = ResultRow(
            attempt_id=attempt.id,
            made_with=self.made_with,
            take=0 if takes is None else takes.take + 1,
            counts=False,
            judged=not is_unjudged(report),
            status=report.status.value,
            score=report.score,
            max_score=report.max_score,
            grader=__version__,
            sandbox=sandbox,
            report=json.dumps(data, allow_nan=False),
            made_at=now(),
        )
        session.add(result)
        session.flush()
        return result, True


def _student(session: Session, one: Look) -> StudentRow:
    student = asking.student_row(session, one.student) or StudentRow(key=stored(one.student), name="")
    student.name = stored(one.name) or student.name
    session.add(student)
    session.flush()
    return student


def _without_time(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "seconds"}
