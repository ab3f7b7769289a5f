"""A student's notebook given back: findings as text cells below the code that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from grader.box.program import Place, Source
from grader.language import _
from grader.model import CheckResult, ExerciseResult, Report
from grader.reports.facts import WRONG, for_student
from grader.reports.results import indented
from grader.reports.text import encodable, line, points
from grader.reports.words import VERDICTS
from grader.sentences import spot

_METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def feedback(report: Report) -> str:
    """The first notebook of a submission without its outputs, as JSON; "" where it holds none.

    Safe to hand out: what its student must not see is not in it.
    """
    source = next((source for source in report.sources if source.notebook), None)
    if source is None:
        return ""
    safe = for_student(report)
    cells = [_cell("markdown", _opening(source, safe)), *_cells(source, safe)]
    for number, cell in enumerate(cells):
        cell["id"] = f"feedback-{number}"  # the same bytes for the same report
    notebook = {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    return indented(notebook) + "\n"


def _cell(kind: str, text: str) -> dict[str, Any]:
    code: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, **code, "source": encodable(text)}


def _opening(source: Source, report: Report) -> str:
    """The score, and of each exercise that is wrong, but in none of the cells, the first finding."""
    said = _("Score: {score} of {top} points. What was found stands below the cells that it speaks of.")
    lines = [said.format(score=points(report.score), top=points(report.max_score))]
    for exercise in report.exercises:
        wrong = [check for check in exercise.checks if check.verdict in WRONG and not check.advice]
        if wrong and not any(_is_in(check, source) for check in wrong):
            place = wrong[0].place
            lines.append(_told(exercise, wrong[:1], spot(place) if place else ""))
    return "\n\n".join(lines)


def _cells(source: Source, report: Report) -> Iterator[dict[str, Any]]:
    code = {cell.index for cell in source.cells}
    found = _found(source, report)
    for cell in sorted((*source.cells, *source.prose), key=lambda cell: cell.index or 0):
        if cell.index not in code:
            yield _cell("markdown", cell.text)
            continue
        yield _cell("code", cell.text)
        if cell.index in found:
            yield _cell("markdown", "\n\n".join(found[cell.index]))


def _found(source: Source, report: Report) -> dict[int | None, list[str]]:
    """What was found in each cell; checks that found the same in the same line are told together."""
    found: dict[int | None, list[str]] = {}
    for exercise in report.exercises:
        same: dict[tuple[Place, str], list[CheckResult]] = {}
        for check in exercise.checks:
            if check.place and check.verdict in WRONG and _is_in(check, source):
                message = check.finding.message if check.finding else ""
                same.setdefault((check.place, message), []).append(check)
        for (place, _message), checks in same.items():
            where = _("line {line}").format(line=place.line)
            found.setdefault(place.cell, []).append(_told(exercise, checks, where))
    return found


def _is_in(check: CheckResult, source: Source) -> bool:
    return check.place is not None and check.place.file == source.path


def _told(exercise: ExerciseResult, checks: Sequence[CheckResult], where: str) -> str:
    place = f" ({_plain(where)})" if where else ""
    titles = (f"{_plain(check.title)} – **{_verdict(check)}**" for check in checks)
    lines = [f"**{_plain(exercise.name)}**{place}: {'; '.join(titles)}"]
    if checks[0].finding:
        lines.append(_plain(checks[0].finding.message))
    hints = dict.fromkeys(diagnosis.hint for check in checks for diagnosis in check.diagnoses)
    lines += [f"*{_plain(hint)}*" for hint in hints]
    return "> " + "  \n> ".join(lines)


def _verdict(check: CheckResult) -> str:
    return _("advice") if check.advice else _(VERDICTS[check.verdict])


def _plain(text: str) -> str:
    """Text of unknown origin that Markdown takes for text alone."""
    return _PUNCTUATION.sub(r"\\\1", line(text))
