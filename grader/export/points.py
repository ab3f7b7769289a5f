"""Points as they leave the grader: on the course's scale, rounded once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor, isfinite

from grader.errors import UsageError
from grader.model import ClassReport, Report
from grader.reports.facts import is_unjudged, total
from grader.settings import Changes

CENT = Fraction(1, 100)  # as much as Canvas and Moodle show


@dataclass(frozen=True)
class Scale:
    """What the full score is worth (None: its own points), and the step to which a grade is rounded, halves up."""

    full: Fraction | None = None
    step: Fraction = CENT

    def top(self, report: ClassReport) -> Decimal:
        """The grade of a full score."""
        return _decimal(_exact(report.max_score) if self.full is None else self.full)

    def points(self, score: float, report: ClassReport) -> float:
        """A part of a score on this scale, not rounded to its step."""
        return round(float(self._scaled(score, report)), 6)

    def grade(self, submission: Report, report: ClassReport) -> Decimal | None:
        """The grade of a submission with all that stands beside its score; None where our own fault kept part of it
        from being judged.

        Rounding lifts no grade above that of a full score. Raises UsageError for a score that is no number.
        """
        if is_unjudged(submission):
            return None
        scaled = self._scaled(total(submission), report)
        rounded = floor(scaled / self.step + Fraction(1, 2)) * self.step
        top = self._scaled(report.max_score, report)
        return _decimal(min(rounded, top) if scaled <= top else rounded)

    def _scaled(self, score: float, report: ClassReport) -> Fraction:
        reachable = _exact(report.max_score)
        if not reachable:
            raise UsageError("the results say that no points can be reached")
        return _exact(score) * ((self.full or reachable) / reachable)


def scale_of(changes: Changes | None) -> Scale:
    """The scale that ``course.toml`` sets for an assignment."""
    if changes is None:
        return Scale()
    return Scale(
        full=None if changes.scale is None else _exact(changes.scale),
        step=CENT if changes.rounding is None else _exact(changes.rounding),
    )


def written(grade: Decimal, mark: str = ".") -> str:
    """A grade as people and gradebooks write it: no idle zeros, no exponent, `mark` before the decimals."""
    text = f"{grade:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", mark)


def _exact(value: float) -> Fraction:
    if not isfinite(value) or value < 0:
        raise UsageError(f"the results hold {value!r} where points belong")
    return Fraction(str(value))  # the decimals that people see, not the binary fraction behind them


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
