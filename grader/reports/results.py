"""results.json (schema 1) and back."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import lru_cache, partial
from io import StringIO
from operator import attrgetter
from typing import Any, TypeAlias

from grader.box.program import Place
from grader.errors import Fault, UsageError
from grader.language import current
from grader.model import (
    Adjustment,
    CheckResult,
    ClassReport,
    Diagnosis,
    ExerciseResult,
    Finding,
    Flag,
    Report,
    Status,
    Verdict,
)
from grader.reports.facts import total
from grader.reports.misconceptions import counts
from grader.reports.remembering import remembered
from grader.reports.text import encodable

SCHEMA = 1

# So many values are told from others faster than the check itself.
_ALL = attrgetter(*(field.name for field in fields(CheckResult)))

Checks: TypeAlias = tuple[CheckResult, ...]
ToList: TypeAlias = Callable[[Checks], list[Mapping[str, Any]]]
FromList: TypeAlias = Callable[[Any], Checks]


def to_json(report: ClassReport) -> str:
    """The class as results.json. Raises `Fault` for a score that is no finite number."""
    text = StringIO()
    results = Results(text.write, report)
    for submission in report.submissions:
        results.add(submission)
    results.end(counts(report))
    return text.getvalue()


class Results:
    """results.json, written submission by submission."""

    def __init__(self, write: Callable[[str], object], report: ClassReport) -> None:
        head = {
            "schema": SCHEMA,
            "assignment": encodable(report.assignment),
            "grader": report.grader,
            "seed": report.seed,
            "sandbox": report.sandbox,
            "max_score": _number(report.max_score),
            **({"waiting": report.waiting} if report.waiting else {}),
        }
        self._write = write
        self._between = "\n  "
        self._told = remembered(_checks_to_list)
        write(indented(head).removesuffix("\n}") + ',\n "submissions": [')

    def add(self, report: Report) -> None:
        """The next submission. Raises `Fault` for a score that is no finite number."""
        data = _report_to_dict(report, False, self._told)
        self._write(self._between + indented(data).replace("\n", "\n  "))
        self._between = ",\n  "

    def end(self, made: Mapping[str, int]) -> None:
        """What follows the submissions: how many students made each mistake."""
        self._write("\n ]" if self._between.startswith(",") else "]")
        self._write(',\n "misconceptions": ' + indented(made).replace("\n", "\n ") + "\n}\n")


def indented(data: Mapping[str, Any]) -> str:
    """JSON as ``json.dumps`` with an indent of 1 has it, which is written in Python and ten times slower."""
    try:
        from msgspec.json import encode, format
    except ModuleNotFoundError:  # where a self-check is all that is installed
        return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1)
    return format(encode(data), indent=1).decode()


def from_json(text: str) -> ClassReport:
    """What results.json still knows of a class: scores, verdicts, findings, places, diagnoses and flags.

    Titles fall back to names. Raises `UsageError` for anything that is not results.json of schema 1.
    """
    try:
        data = json.loads(text)
        if data["schema"] != SCHEMA:
            raise UsageError(f"results.json has schema {data['schema']!r}; this version reads {SCHEMA}")
        return ClassReport(
            assignment=data["assignment"],
            title=data["assignment"],
            grader=data["grader"],
            seed=data["seed"],
            sandbox=data["sandbox"],
            max_score=float(data["max_score"]),
            submissions=tuple(report_from_dict(item) for item in data["submissions"]),
            waiting=int(data.get("waiting", 0)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"this is not a results.json of schema {SCHEMA}: {error!r}") from error


def report_to_dict(report: Report, *, full: bool = False) -> dict[str, Any]:
    """One submission as schema 1 has it.

    `full` adds all that the schema leaves out and the pages show (titles, notes, private texts, output), for
    a ledger that grading resumes from; of arrays only fingerprints are kept, and no code. Raises `Fault` for a score
    that is no finite number.
    """
    return _report_to_dict(report, full, _all_to_list if full else _checks_to_list)


def _report_to_dict(report: Report, full: bool, told: ToList) -> dict[str, Any]:
    data: dict[str, Any] = {
        "student": encodable(report.student),
        "files": [encodable(file) for file in report.files],
        "status": report.status.value,
        "score": _number(report.score),
        "max_score": _number(report.max_score),
        "seconds": _number(report.seconds),
        "flags": [{"id": flag.id, "where": encodable(flag.where)} for flag in report.flags],
        "exercises": [_exercise_to_dict(exercise, full, told) for exercise in report.exercises],
    }
    for key, value in (("name", report.name), ("note", report.note), ("release", report.release)):
        if value:
            data[key] = encodable(value)
    if report.late is not None:
        data["late"] = report.late
    if report.adjustments:
        data["adjustments"] = [_adjustment_to_dict(one) for one in report.adjustments]
        data["total"] = _number(total(report))
    if report.comments:
        data["comments"] = [encodable(comment) for comment in report.comments]
    if full:
        data["language"] = current()
        data["mends"] = [encodable(mend) for mend in report.mends]
        data["failures"] = [encodable(failure) for failure in report.failures]
        data["output"] = encodable(report.output)
    return data


def checks_from_list(data: Iterable[Mapping[str, Any]]) -> Checks:
    """The checks of an exercise, out of what `report_to_dict` makes of them."""
    return tuple(map(_check_from_dict, data))


def report_from_dict(data: Mapping[str, Any], checks: FromList = checks_from_list) -> Report:
    """The inverse of `report_to_dict`. `checks` makes those of an exercise out of whatever stands for them in `data`.

    Raises KeyError, TypeError or ValueError for anything else.
    """
    return Report(
        student=data["student"],
        files=tuple(data["files"]),
        status=Status(data["status"]),
        score=float(data["score"]),
        max_score=float(data["max_score"]),
        seconds=float(data["seconds"]),
        exercises=tuple(_exercise_from_dict(item, checks) for item in data["exercises"]),
        name=data.get("name", ""),
        note=data.get("note", ""),
        flags=tuple(Flag(item["id"], item["where"]) for item in data.get("flags", ())),
        mends=tuple(data.get("mends", ())),
        failures=tuple(data.get("failures", ())),
        output=data.get("output", ""),
        late=data.get("late"),
        adjustments=tuple(
            Adjustment(item["exercise"], float(item["points"]), item["why"])
            for item in data.get("adjustments", ())
        ),
        comments=tuple(data.get("comments", ())),
        release=data.get("release", ""),
    )


def _adjustment_to_dict(adjustment: Adjustment) -> dict[str, Any]:
    exercise = adjustment.exercise
    return {
        "exercise": None if exercise is None else encodable(exercise),
        "points": _number(adjustment.points),
        "why": encodable(adjustment.why),
    }


def _exercise_to_dict(exercise: ExerciseResult, full: bool, told: ToList) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": exercise.name,
        "score": _number(exercise.score),
        "max_score": _number(exercise.max_score),
        "checks": told(exercise.checks),
    }
    if full:
        data["title"] = encodable(exercise.title)
        data["found_as"] = encodable(exercise.found_as)
        data["location"] = _place_to_dict(exercise.place)
        data["lent"] = list(exercise.lent)
        data["formula"] = exercise.formula
    return data


def _exercise_from_dict(data: Mapping[str, Any], checks: FromList) -> ExerciseResult:
    return ExerciseResult(
        name=data["name"],
        title=data.get("title", data["name"]),
        score=float(data["score"]),
        max_score=float(data["max_score"]),
        checks=checks(data["checks"]),
        found_as=data.get("found_as", ""),
        place=_place_from_dict(data.get("location")),
        lent=tuple(data.get("lent", ())),
        formula=data.get("formula", ""),
    )


def _checks_to_list(checks: Checks, full: bool = False) -> list[Mapping[str, Any]]:
    return [_check_to_dict(check, full) for check in checks]


_silent_to_list = remembered(partial(_checks_to_list, full=True))


def _all_to_list(checks: Checks) -> list[Mapping[str, Any]]:
    silent = all(check.finding is None for check in checks)
    return _silent_to_list(checks) if silent else _checks_to_list(checks, full=True)


def _check_to_dict(check: CheckResult, full: bool) -> Mapping[str, Any]:
    if check.finding or check.place or check.diagnoses:
        return _told(check, full)
    return {**_silent(full, *_ALL(check)), "diagnoses": []}


@lru_cache(maxsize=4096)  # most checks found nothing, and come to the same for many students
def _silent(full: bool, *values: Any) -> Mapping[str, Any]:
    return _told(CheckResult(*values), full)


def _told(check: CheckResult, full: bool) -> Mapping[str, Any]:
    finding = check.finding
    data: dict[str, Any] = {
        "name": check.name,
        "title": encodable(check.title),
        "verdict": check.verdict.value,
        "score": _number(check.score),
        "max_score": _number(check.max_score),
        "advice": check.advice,
        "finding": None if finding is None else encodable(finding.message),
        "location": _place_to_dict(check.place),
        "diagnoses": [{"id": item.id, "hint": encodable(item.hint)} for item in check.diagnoses],
    }
    if full:
        data["private"] = "" if finding is None else encodable(finding.private)
        data["note"] = encodable(check.note)
        data["fingerprint"] = check.fingerprint
    return data


def _check_from_dict(data: Mapping[str, Any]) -> CheckResult:
    message = data.get("finding")
    return CheckResult(
        name=data["name"],
        title=data["title"],
        verdict=Verdict(data["verdict"]),
        score=float(data["score"]),
        max_score=float(data["max_score"]),
        advice=bool(data["advice"]),
        finding=None if message is None else Finding(message, data.get("private", "")),
        place=_place_from_dict(data.get("location")),
        diagnoses=tuple(Diagnosis(item["id"], item["hint"]) for item in data.get("diagnoses", ())),
        note=data.get("note", ""),
        fingerprint=data.get("fingerprint", ""),
    )


def _place_to_dict(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"file": encodable(place.file), "cell": place.cell, "line": place.line}


def _place_from_dict(data: Mapping[str, Any] | None) -> Place | None:
    return None if data is None else Place(data["file"], data["line"], data.get("cell"))


def _number(value: float) -> float:
    if not math.isfinite(value):
        raise Fault(f"a report holds {value!r} where a number of points or seconds belongs")
    return round(float(value), 6)
