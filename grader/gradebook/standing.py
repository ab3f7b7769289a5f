"""What a student's attempts come to: which of them counts, and what stands beside its score. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from grader.flags import Entry
from grader.gradebook.digests import result_id
from grader.late import Policy, lateness, penalty
from grader.model import Adjustment, Report
from grader.reports.facts import total


@dataclass(frozen=True)
class Beside:
    """What people said about a student's work on an assignment, in order."""

    adjustments: tuple[Adjustment, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tried:
    """An attempt with the result that counts for it.

    `report` tells the score as it was judged. `flag` is the LMS's word on lateness, `run` the last run that saw the
    attempt, `position` its place there; `result` and `made_with` name the result, `entry` the file that defines most
    exercises, `team` those who handed in together.
    """

    id: int
    student: str
    number: int
    content: str
    handed_in: datetime | None
    flag: bool | None
    run: int
    position: int
    result: int
    made_with: str
    sandbox: str
    report: Report
    entry: Entry | None = None
    team: str = ""


@dataclass(frozen=True)
class Chosen:
    """What counts for a student: of all `attempts` the one that was `tried`, its report with all beside the score."""

    attempts: tuple[Tried, ...]
    tried: Tried
    report: Report


@dataclass(frozen=True)
class Released:
    """The points that were made known to a student last: of which attempt, by which release."""

    key: str
    attempt: int
    total: float


def stood(tried: Tried, policy: Policy, beside: Beside, released: Released | None = None) -> Report:
    """The report of an attempt with everything beside its score; what lateness costs stands last."""
    how = lateness(policy, tried.student, tried.handed_in, tried.flag)
    report = replace(
        tried.report,
        student=tried.student,
        late=how.late,
        adjustments=beside.adjustments,
        comments=beside.comments,
        result=result_id(tried.content, tried.made_with),
    )
    lost = penalty(policy, how, total(report), report.max_score)
    if lost:
        report = replace(report, adjustments=(*beside.adjustments, Adjustment(None, -lost.points, lost.why)))
    if released and released.attempt == tried.id and same(released.total, total(report)):
        return replace(report, release=released.key)
    return report


def beside_score(report: Report, stands: Report) -> Report:
    """A report, and what stands beside the score in another one of the same judgement."""
    return replace(
        report,
        student=stands.student,
        name=stands.name,
        late=stands.late,
        adjustments=stands.adjustments,
        comments=stands.comments,
        release=stands.release,
        result=stands.result,
    )


def counting(attempts: Sequence[Tried], policy: Policy, beside: Beside) -> Tried:
    """The attempt of a student that counts.

    The last one of those that the latest run saw; or the best after its penalty of all that were judged as the last
    one was, the later one where two are equal: what another version of the assignment said cannot be compared.
    """
    last = max(attempts, key=_order)
    if policy.attempts == "last":
        return last
    comparable = [one for one in attempts if one.made_with == last.made_with]
    return max(comparable, key=lambda one: (total(stood(one, policy, beside)), _order(one)))


def lowers(new: float, old: float, released: float) -> bool:
    """Whether a new total lowers one that was made known, further than it is lowered already."""
    return new < min(old, released) and not same(new, min(old, released))


def same(one: float, other: float) -> bool:
    """Equal but for rounding."""
    return abs(one - other) < 5e-7


def _order(tried: Tried) -> tuple[int, int, float, int]:
    when = tried.handed_in.timestamp() if tried.handed_in else 0.0
    return tried.run, tried.number, when, tried.id
