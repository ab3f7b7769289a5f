"""A self-check as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator

from grader.language import _, ngettext
from grader.model import CheckResult, ExerciseResult, Verdict
from grader.reports.facts import is_broken
from grader.reports.text import line, points
from grader.selfcheck.checking import WRONG, Checkup, is_unwritten, is_wrong, shown
from grader.sentences import spot


def word(result: ExerciseResult) -> str:
    """How an exercise stands, in a few words."""
    if not is_wrong(result):
        return _("right") if result.score >= result.max_score else _("right as far as it is judged here")
    if is_unwritten(result):
        return _("could not be run") if is_broken(result) else _("not written yet")
    return _("wrong") if result.score < result.max_score else _("right values, but look at this")


def word_of(check: CheckResult) -> str:
    """How a check came out."""
    if check.verdict is Verdict.SKIPPED:
        return _("not judged here")
    if check.advice:
        return _("advice")
    return {
        Verdict.FAILED: _("failed"),
        Verdict.CRASHED: _("crashed"),
        Verdict.TIMED_OUT: _("timed out"),
        Verdict.MISSING: _("missing"),
        Verdict.ERROR: _("not judged, by our own fault"),
    }[check.verdict]


def earned(result: ExerciseResult) -> str:
    """``3 of 4 points``"""
    return _("{score} of {max_score} points").format(
        score=points(result.score), max_score=points(result.max_score)
    )


def standing(result: ExerciseResult) -> str:
    """``wrong, 3 of 4 points``"""
    return _("{word}, {points}").format(word=word(result), points=earned(result))


def stated(subject: str, statement: str) -> str:
    """``Relu: right``"""
    return _("{subject}: {statement}").format(subject=subject, statement=statement)


def said(check: CheckResult) -> list[str]:
    """What a student is told of a check, below its title."""
    told = [line(check.finding.message)] if check.finding else []
    if check.place is not None:
        told.append(_("at {where}").format(where=line(spot(check.place))))
    return told + [line(diagnosis.hint) for diagnosis in check.diagnoses]


def closing(checkup: Checkup) -> list[str]:
    """What is true of the whole: what stays with the instructor, the points, and that hidden cases may differ."""
    told = [
        _("{exercise}: judged by your instructor only: {titles}").format(
            exercise=name, titles="; ".join(titles)
        )
        for name, titles in checkup.withheld.items()
    ]
    score, reachable = points(checkup.report.score), points(checkup.report.max_score)
    told.append(
        _(
            "{score} of {max_score} points on the public cases. You are graded on hidden cases, which may differ."
        ).format(score=score, max_score=reachable)
    )
    return told


def opening(checkup: Checkup) -> list[str]:
    """What happened before anything was checked."""
    told = [checkup.report.note] if checkup.report.note else []
    return [line(one) for one in (*told, *checkup.report.mends, *checkup.report.failures)]


def after(checkup: Checkup, result: ExerciseResult) -> str:
    """Why an exercise may be wrong only because of another, "" where that is not so."""
    parts = () if is_unwritten(result) else checkup.after.get(result.name, ())
    if not parts:
        return ""
    said = ngettext(
        "uses {parts}, which is not right yet: mend that first (you are graded with a right one in its place)",
        "uses {parts}, which are not right yet: mend these first (you are graded with right ones in their place)",
        len(parts),
    )
    return said.format(parts=", ".join(parts))


def lines(checkup: Checkup) -> Iterator[str]:
    """All of it."""
    yield stated(line(checkup.subject), checkup.title)
    yield from (f"  {one}" for one in opening(checkup))
    yield ""
    for result in () if checkup.report.note else checkup.report.exercises:
        yield from _exercise(checkup, result)
    yield ""
    yield from closing(checkup)


def _exercise(checkup: Checkup, result: ExerciseResult) -> Iterator[str]:
    found = f" ({line(result.found_as)})" if result.found_as not in ("", result.name) else ""
    yield stated(f"{result.name}{found}", standing(result))
    if why := after(checkup, result):
        yield f"    {why}"
    for check in shown(result):
        mark = "-" if check.verdict in WRONG and not check.advice else "*"
        yield f"  {mark} {stated(line(check.title), word_of(check))}"
        yield from (f"    {one}" for one in said(check))
