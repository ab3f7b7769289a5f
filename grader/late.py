"""What handing in late costs: a pure function of the course's rules and of what is known about the time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from grader.language import _

ATTEMPTS = ("last", "best")
"""Which of a student's attempts counts: the last one, or the best one after its penalty."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Policy:
    """The rules of one assignment.

    due         the deadline; a date stands for its end, a time without a zone for this machine's
    grace       minutes after the deadline that cost nothing
    percent     per cent of the reachable points for every day begun after the deadline
    cap         the per cent that are lost at most
    extensions  deadlines of single students, by id; grace is given on top of them too
    attempts    one of `ATTEMPTS`
    """

    due: date | None = None
    grace: float = 0.0
    percent: float = 0.0
    cap: float = 100.0
    extensions: Mapping[str, date] = field(default_factory=dict)
    attempts: str = "last"

    def deadline(self, student: str) -> datetime | None:
        """A student's own deadline, without grace."""
        due = self.extensions.get(student, self.due)
        return None if due is None else _end(due)


@dataclass(frozen=True)
class Lateness:
    """`late` is None where nothing is known. `by` is the time after the deadline, None where that is unknown."""

    late: bool | None
    by: timedelta | None = None


@dataclass(frozen=True)
class Penalty:
    """Points that are lost (0 or more), and a sentence to the student."""

    points: float
    why: str


def lateness(policy: Policy, student: str, handed_in: datetime | None, flag: bool | None) -> Lateness:
    """Whether an attempt is late. `flag` is the LMS's own word, which counts where no time or deadline is known.

    A flag says nothing about an extended deadline, of which the LMS may not know; what is unknown is never late.
    """
    deadline = policy.deadline(student)
    if deadline is None or handed_in is None:
        return Lateness(None if student in policy.extensions else flag)
    by = handed_in.astimezone() - deadline
    if by <= timedelta(minutes=policy.grace):
        return Lateness(False)
    return Lateness(True, by)


def penalty(policy: Policy, how: Lateness, earned: float, max_score: float) -> Penalty | None:
    """What lateness costs of `earned` points; None where it costs nothing.

    Where the LMS flags an attempt without a time, one day is counted, the least that it can be; with a grace, which it
    may have kept, none.
    """
    if not how.late or (how.by is None and policy.grace > 0):
        return None
    days = 1 if how.by is None else math.ceil(how.by / _DAY)
    percent = min(policy.percent * days, policy.cap)
    points = min(max_score * percent / 100, max(earned, 0.0))
    if points <= 0:
        return None
    told = _("by an unknown time") if how.by is None else _span(how.by)
    why = _("Handed in late ({told}): {percent:g} per cent of {max:g} points").format(
        told=told, percent=percent, max=max_score
    )
    return Penalty(points, why)


def _end(due: date) -> datetime:
    if isinstance(due, datetime):
        return due.astimezone()
    return datetime.combine(due + _DAY, time()).astimezone()


def _span(by: timedelta) -> str:
    """A span in the two largest units, ``2 d 3 h``."""
    minutes = math.ceil(by / timedelta(minutes=1))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return _("{days} d {hours} h").format(days=days, hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
