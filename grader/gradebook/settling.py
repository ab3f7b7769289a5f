"""Which result of an attempt counts: a new one takes an older one's place, unless that lowers a released score."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.gradebook import asking
from grader.gradebook.standing import Beside, Tried, lowers, stood
from grader.gradebook.tables import AttemptRow, ResultRow, StudentRow
from grader.gradebook.trail import told
from grader.late import Policy
from grader.model import Report, Status
from grader.reports.facts import total
from grader.reports.outcome import Outcome, report_of


@dataclass(frozen=True)
class Move:
    """A result that took another's place, or would have: `held` says that it would have lowered a released score."""

    old: Report
    new: Report
    held: bool


@dataclass(frozen=True)
class Settled:
    """Whether a result counts, and what moved by that in points."""

    counts: bool
    move: Move | None = None


@dataclass(frozen=True)
class Rules:
    """By what results take each other's places, and in whose name."""

    policy: Policy
    allow_lower: bool
    who: str


def counting_result(session: Session, attempt: AttemptRow) -> ResultRow | None:
    """The result of an attempt that counts; None where there is none yet."""
    wanted = select(ResultRow).where(ResultRow.attempt_id == attempt.id, ResultRow.counts)
    return session.scalars(wanted).one_or_none()


def settle(
    session: Session,
    attempt: AttemptRow,
    student: StudentRow,
    result: ResultRow,
    rules: Rules,
    *,
    is_new: bool,
) -> Settled:
    """Lets a result count, where it may. The audit trail tells of what is new, and of what changes."""
    before = counting_result(session, attempt)
    if before is not None and before.id == result.id:
        return Settled(True)
    new = _tried(attempt, result, student)
    old = _tried(attempt, before, student) if before is not None else None
    held = old is not None and not rules.allow_lower and _lowers(session, attempt, student, old, new, rules)
    if not held:
        if before is not None:
            before.counts = False
            session.flush()
        result.counts = True
        session.flush()
    if is_new or not held:
        tell(
            session,
            attempt.assignment_id,
            attempt.student_id,
            attempt.number,
            result,
            result.made_with,
            rules.who,
            "held" if held else "graded",
            **({} if old is None else {"was": old.report.score}),
        )
    if old is None or _points(old.report) == _points(new.report):
        return Settled(not held)
    shown = replace(old.report, student=student.key)
    return Settled(not held, Move(shown, replace(new.report, student=student.key), held))


def _lowers(
    session: Session, attempt: AttemptRow, student: StudentRow, old: Tried, new: Tried, rules: Rules
) -> bool:
    released = asking.released(session, attempt.assignment_id, [student.key]).get(student.key)
    if released is None or released.attempt != attempt.id:
        return False
    said = asking.beside(session, attempt.assignment_id, [student.key]).get(student.key, Beside())
    after, before = (total(stood(one, rules.policy, said)) for one in (new, old))
    return lowers(after, before, released.total)


def tell(
    session: Session,
    assignment: int,
    student: int,
    attempt: int,
    outcome: Outcome | ResultRow,
    made_with: str,
    who: str,
    kind: str = "graded",
    **more: object,
) -> None:
    """Tells the audit trail of a result."""
    told(
        session,
        kind,
        who,
        assignment,
        student,
        attempt=attempt,
        status=Status(outcome.status).value,
        made_with=made_with[:12],
        score=outcome.score,
        max_score=outcome.max_score,
        **more,
    )


def _tried(attempt: AttemptRow, result: ResultRow, student: StudentRow) -> Tried:
    """An attempt with one of its results, whole."""
    report = report_of(result.report)
    return Tried(
        id=attempt.id,
        student=student.key,
        number=attempt.number,
        content=attempt.content,
        handed_in=attempt.handed_in,
        flag=attempt.late,
        run=attempt.run,
        position=attempt.position,
        result=result.id,
        made_with=result.made_with,
        sandbox=result.sandbox,
        report=replace(report, name=student.name or report.name),
    )


def _points(report: Report) -> dict[str | None, float]:
    return {None: round(report.max_score, 6), **{one.name: round(one.score, 6) for one in report.exercises}}
