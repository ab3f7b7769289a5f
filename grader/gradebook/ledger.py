"""What a run over an assignment writes: what it saw, and every result as it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, and_, bindparam, exists, select
from sqlalchemy.orm import Session

from grader.errors import Fault
from grader.flags import Entry
from grader.gradebook import asking
from grader.gradebook.asking import stored
from grader.gradebook.keeping import Keeper, sees
from grader.gradebook.looking import Key, Look
from grader.gradebook.opening import Gradebook
from grader.gradebook.settling import Move, Rules, Settled, settle
from grader.gradebook.standing import Beside, Tried, stood
from grader.gradebook.standings import Standings
from grader.gradebook.tables import (
    ASSIGNMENTS,
    ATTEMPTS,
    RESULTS,
    STUDENTS,
    AssignmentRow,
    AttemptRow,
    ResultRow,
    StudentRow,
)
from grader.gradebook.trail import this_user, told
from grader.late import Policy
from grader.model import Report
from grader.reports.outcome import Outcome

PIECE = 500
"""Submissions that are looked up together."""

# What every submission takes, made once: SQLAlchemy needs longer for a statement than the database.
_LOCK = select(ASSIGNMENTS.c.id).where(ASSIGNMENTS.c.name == bindparam("name")).with_for_update()
_BEFORE = (
    select(STUDENTS.c.key, STUDENTS.c.name, ATTEMPTS.c.number, ATTEMPTS.c.content)
    .outerjoin_from(
        STUDENTS,
        ATTEMPTS,
        and_(
            ATTEMPTS.c.student_id == STUDENTS.c.id,
            ATTEMPTS.c.assignment_id == bindparam("assignment"),
            exists()
            .where(RESULTS.c.attempt_id == ATTEMPTS.c.id)
            .where(RESULTS.c.made_with == bindparam("made_with"), RESULTS.c.judged),
        ),
    )
    .where(STUDENTS.c.key.in_(bindparam("keys", expanding=True)))
)


@dataclass(frozen=True)
class Seen:
    """An attempt that was judged, its score as a bare report with all that stands beside it. `shown` says whether it is
    the one that counts for its student."""

    tried: Tried
    report: Report
    shown: bool


@dataclass(frozen=True)
class Before:
    """What is known of students whose attempts are about to be graded: their names, by stored ids, and the attempts
    that another grader has judged by the same by now."""

    names: Mapping[str, str]
    judged: Set[Key]

    def name(self, one: Look) -> str:
        """The name of who handed an attempt in, "" if unknown."""
        return self.names.get(stored(one.student), "")


@dataclass(frozen=True)
class Result:
    """What a run found out about an attempt, in which sandbox; `entry` is the file that defines most exercises."""

    look: Look
    outcome: Outcome
    entry: Entry | None
    sandbox: str


@dataclass(frozen=True)
class Recorded:
    """What was kept of an attempt: its score with all that stands beside it, and whether that very result is what
    counts for the student."""

    stands: Report
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
    _assignment: int = 0
    _students: dict[str, str] = field(default_factory=dict)

    def sighted(self, looks: Sequence[Look]) -> Iterator[Seen | None]:
        """Begins a run: notes what it sees of the attempts that are known, and gives what was judged by the same."""
        self._know(looks)

        def work(session: Session) -> tuple[int, set[Key], list[Settled]]:
            row = session.get_one(AssignmentRow, self._locked(session))
            row.runs += 1
            self._run = row.runs
            found: set[Key] = set()
            settled: list[Settled] = []
            for piece in _pieces(looks):
                settled += self._sighted(session, row.id, piece, found)
                # What was changed is written now, and need not be kept until the end.
                session.flush()
            hand_ins = len({one.key for one in looks})
            began = {"run": row.runs, "made_with": self.made_with, "hand_ins": hand_ins}
            told(session, asking.BEGAN, self.who, row.id, None, **began)
            return row.id, found, settled

        self._assignment, found, settled = self.book.run(work)
        self._noted(settled)
        return self._seen_again(looks, found)

    def before(self, students: Iterable[str]) -> Before:
        """What is known of students by now."""
        keys = [stored(student) for student in students]
        asked = {"assignment": self._assignment, "keys": keys, "made_with": self.made_with}
        rows = self.book.run(lambda session: session.execute(_BEFORE, asked).all())
        judged = {(key, number, content) for key, _, number, content in rows if content is not None}
        return Before({key: name for key, name, _, _ in rows}, judged)

    def seen(self, one: Look) -> Seen:
        """An attempt that was judged, as it stands. This run, too, has seen it from here on."""

        def work(session: Session) -> tuple[Seen, list[Settled]]:
            settled = list(self._sighted(session, self._locked(session), [one], set()))
            session.flush()
            return self._now(session, one), settled

        seen, settled = self.book.run(work)
        self._noted(settled)
        return seen

    def recorded(self, one: Look, outcome: Outcome, own: Entry | None, sandbox: str) -> Recorded:
        """Keeps a result. One that says what the last one said is not kept twice."""
        return self.recorded_together([Result(one, outcome, own, sandbox)])[0]

    def recorded_together(self, results: Sequence[Result]) -> list[Recorded]:
        """Keeps results that came at the same time, all in one transaction: the disk is waited for once."""

        def work(session: Session) -> list[tuple[Recorded, Settled]]:
            keeper = Keeper(session, self._locked(session), self._run, self.made_with, self._rules)
            return [self._recorded(keeper, one) for one in results]

        self._know(one.look for one in results)
        done = self.book.run(work)
        self._noted(settled for _, settled in done)
        return [recorded for recorded, _ in done]

    def standings(self, students: Iterable[str]) -> Standings:
        """What counts for every one of these students who has a result."""
        known = {stored(student): student for student in students}
        return Standings(self.book.run, self._assignment, self.policy, known)

    @property
    def _rules(self) -> Rules:
        return Rules(self.policy, self.allow_lower, self.who)

    def _recorded(self, keeper: Keeper, one: Result) -> tuple[Recorded, Settled]:
        kept = keeper.keep(one.look, one.outcome, one.entry, one.sandbox)
        if kept.tried is not None:
            return Recorded(stood(kept.tried, self.policy, Beside()), True), kept.settled
        seen = self._now(keeper.session, one.look)
        return Recorded(seen.report, seen.shown and kept.settled.counts), kept.settled

    def _sighted(
        self, session: Session, assignment: int, looks: Sequence[Look], found: set[Key]
    ) -> Iterator[Settled]:
        """Notes a piece of what a run sees; in `found` are afterwards those that were judged by the same."""
        attempts = self._attempts(session, assignment, looks)
        judged = self._judged(session, assignment, looks)
        for one in looks:
            attempt = attempts.get(one.key)
            if attempt is not None:
                sees(attempt, self._run, one)
                if attempt.id in judged:
                    yield self._settle(session, attempt, *judged[attempt.id])
                    found.add(one.key)

    def _settle(self, session: Session, attempt: AttemptRow, result: int, counts: bool) -> Settled:
        """Lets a result that was there already count."""
        if counts:
            return Settled(True)
        student = session.get_one(StudentRow, attempt.student_id)
        return settle(
            session, attempt, student, session.get_one(ResultRow, result), self._rules, is_new=False
        )

    def _know(self, looks: Iterable[Look]) -> None:
        """Remembers by which id a student is shown, where that is not the one in the gradebook."""
        keys = ((stored(one.student), one.student) for one in looks)
        self._students |= {key: student for key, student in keys if key != student}

    def _noted(self, settled: Iterable[Settled]) -> None:
        for move in (one.move for one in settled if one.move is not None):
            student = self._students.get(move.new.student, move.new.student)
            self.moves.append(replace(move, new=replace(move.new, student=student)))

    def _seen_again(self, looks: Sequence[Look], found: Set[Key]) -> Iterator[Seen | None]:
        for piece in _pieces(looks):
            known = [one for one in piece if one.key in found]
            seen = self.book.run(lambda session, known=known: self._seen(session, known)) if known else {}  # type: ignore[misc]
            yield from (seen.get(one.key) for one in piece)

    def _seen(self, session: Session, looks: Sequence[Look]) -> dict[Key, Seen]:
        """Attempts that have a result, as they stand."""
        students = {stored(one.student): one.student for one in looks}
        found = {}
        for chosen in asking.chosen(session, self._assignment, self.policy, students):
            for tried in chosen.attempts:
                shown = tried.id == chosen.tried.id
                report = chosen.report if shown else stood(tried, self.policy, Beside())
                found[stored(tried.student), tried.number, tried.content] = Seen(tried, report, shown)
        return found

    def _now(self, session: Session, one: Look) -> Seen:
        return self._seen(session, [one])[one.key]

    def _locked(self, session: Session) -> int:
        """The number of the assignment, locked until the transaction ends, so that writers come one after another."""
        number = session.execute(_LOCK, {"name": stored(self.assignment)}).scalar_one_or_none()
        if number is None:
            raise Fault(f"The gradebook {self.book.where} has lost {self.assignment}.")
        return int(number)

    def _attempts(self, session: Session, assignment: int, looks: Sequence[Look]) -> Mapping[Key, AttemptRow]:
        wanted = (
            select(AttemptRow, StudentRow.key)
            .join(StudentRow, StudentRow.id == AttemptRow.student_id)
            .where(AttemptRow.assignment_id == assignment, _of(looks))
        )
        return {(key, found.number, found.content): found for found, key in session.execute(wanted)}

    def _judged(
        self, session: Session, assignment: int, looks: Sequence[Look]
    ) -> Mapping[int, tuple[int, bool]]:
        """By attempt the last result made with the same, and whether it counts; none that we failed to make."""
        wanted = (
            select(ResultRow.attempt_id, ResultRow.id, ResultRow.counts)
            .join(AttemptRow, AttemptRow.id == ResultRow.attempt_id)
            .where(AttemptRow.assignment_id == assignment, _of(looks))
            .where(ResultRow.made_with == self.made_with, ResultRow.judged)
            .order_by(ResultRow.take)
        )
        return {attempt: (result, counts) for attempt, result, counts in session.execute(wanted)}


def _of(looks: Sequence[Look]) -> ColumnElement[bool]:
    return AttemptRow.student_id.in_(asking.ids([stored(one.student) for one in looks]))


def _pieces(looks: Sequence[Look]) -> Iterator[Sequence[Look]]:
    for start in range(0, len(looks), PIECE):
        yield looks[start : start + PIECE]
