"""Small classes for exports, made of the reports' specimens."""

from __future__ import annotations

from dataclasses import replace

from grader.model import ClassReport, Report, Status
from tests.reports import specimens


def submission(student: str, name: str = "", score: float = 200.0) -> Report:
    """A submission of `score` points of 200, right as far as its checks tell."""
    return specimens.report(student, name=name, score=score)


def wrong(student: str, name: str = "") -> Report:
    """A submission with one mistake, in Affine: 195 points of 200."""
    return specimens.report(student, specimens.exercise("Affine", specimens.db_not_summed()), name=name)


def unjudged(student: str) -> Report:
    """A submission that could not be judged."""
    blank = specimens.report(student, exercises=(), score=0.0, max_score=0.0)
    return replace(blank, status=Status.ERROR, note="no sandbox")


def of(*submissions: Report) -> ClassReport:
    """A class of these."""
    return replace(specimens.class_report(), submissions=submissions)
