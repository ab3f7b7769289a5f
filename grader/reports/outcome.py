"""What judging a submission came to, as a gradebook keeps it: the whole report as text, and what is asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Raw

from grader.model import CheckResult, Flag, Report, Status
from grader.reports.facts import is_unjudged
from grader.reports.results import checks_from_list, report_from_dict, report_to_dict


@dataclass(frozen=True)
class Outcome:
    """A report as text. `judged` says that we failed in none of it."""

    student: str
    text: str
    status: Status
    score: float
    max_score: float
    judged: bool
    flags: tuple[Flag, ...] = ()

    @classmethod
    def of(cls, report: Report) -> Outcome:
        """The outcome of a report, without its arrays and code. Raises Fault for a score that is no finite number."""
        return cls(
            student=report.student,
            text=msgspec.json.encode(report_to_dict(report, full=True)).decode(),
            status=report.status,
            score=report.score,
            max_score=report.max_score,
            judged=not is_unjudged(report),
            flags=report.flags,
        )

    def says_the_same(self, text: str) -> bool:
        """Whether another text differs in nothing but the time that judging took."""
        return _without_time(msgspec.json.decode(text)) == _without_time(msgspec.json.decode(self.text))


def report_of(text: str) -> Report:
    """The report that an outcome keeps as text.

    Exercises of several reports whose checks all came to the same share them.
    """
    read = msgspec.json.decode
    data = read(text, type=dict[str, Raw])
    exercises = [
        {key: value if key == "checks" else read(value) for key, value in exercise.items()}
        for exercise in read(data.pop("exercises"), type=list[dict[str, Raw]])
    ]
    whole = {key: read(value) for key, value in data.items()}
    return report_from_dict({**whole, "exercises": exercises}, lambda checks: _checks(bytes(checks)))


@lru_cache(maxsize=256)
def _checks(text: bytes) -> tuple[CheckResult, ...]:
    return checks_from_list(msgspec.json.decode(text))


def _without_time(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "seconds"}
