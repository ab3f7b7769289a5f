"""A class without anything that names a student, to be shown to others.

What students, instructors and Python wrote is left out or cut; sentences of ours stay, without the names that got into
them. Nothing hides a score that somebody knows.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from grader.box.program import Place
from grader.language import _
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

_ENDINGS = (".ipynb", ".py", ".zip")
_QUOTED = re.compile(r"\s*[\[:：(（]")


def without_names(report: ClassReport, names: Mapping[str, str]) -> ClassReport:
    """The class under the pseudonyms that `names` gives to its students, in the order of these.

    Kept are scores, verdicts, what checks found in numbers and shapes, places, hints, flags and adjustments without
    their reasons. Left out are code, output, arrays, names of files, messages of Python, comments and releases.
    """
    known = _known(report.submissions)
    submissions = (
        _Anonymous(known, _files(one), one.status is Status.GRADED).report(one, names[one.student])
        for one in report.submissions
    )
    return replace(report, submissions=tuple(sorted(submissions, key=lambda one: one.student)))


def _known(reports: Iterable[Report]) -> re.Pattern[str]:
    """Finds what names any student: ids, names, and parts of names that are long enough to mean one."""
    words = {word for one in reports for word in (one.student, one.name, *one.name.split()) if _tells(word)}
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_pattern, longest_first)) or r"(?!)", re.IGNORECASE)


def _without_types(text: str, sentence: str, name: str) -> str:
    """A text without the type that it calls by a sentence of ours, unless it is Python's own: students think up names
    of types, and no list knows all the ways in which one could be a student's."""
    before, after = (part.rpartition("}")[2].partition("{")[0] for part in sentence.split(f"{{{name}}}"))
    end = re.escape(after) if after else r"\s*\[|$"
    called = re.compile(rf"(?<={re.escape(before)}).+?(?={end})", re.DOTALL)
    return called.sub(lambda found: found[0] if found[0] in dir(builtins) else "…", text)


def _tells(word: str) -> bool:
    if word.isdecimal():
        return len(word) > 4  # not what could be a number in a finding
    return len(word) > 2 if word.isascii() else len(word) > 1


def _pattern(word: str) -> str:
    alone = word.isascii() and len(word) < 5  # "Ada" is no part of "adaptive"
    return rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])" if alone else re.escape(word)


def _files(report: Report) -> Mapping[str, str]:
    """New names for the files that a report speaks of."""
    places = [exercise.place for exercise in report.exercises]
    places += [check.place for exercise in report.exercises for check in exercise.checks]
    paths = dict.fromkeys((*report.files, *(place.file for place in places if place)))
    return {path: f"file{number}{_ending(path)}" for number, path in enumerate(paths, 1)}


def _ending(path: str) -> str:
    suffix = PurePosixPath(path).suffix.lower()
    return suffix if suffix in _ENDINGS else ""


@dataclass(frozen=True)
class _Anonymous:
    """One submission's way out: `known` finds names, `files` renames files, `graded` says whether findings stay."""

    known: re.Pattern[str]
    files: Mapping[str, str]
    graded: bool

    def report(self, report: Report, student: str) -> Report:
        # Named one by one: what a report may hold one day is not shared by default.
        return Report(
            student=student,
            files=tuple(self.files[file] for file in report.files),
            status=report.status,
            score=report.score,
            max_score=report.max_score,
            seconds=report.seconds,
            exercises=tuple(self._exercise(exercise) for exercise in report.exercises),
            flags=tuple(Flag(flag.id, "") for flag in report.flags),
            late=report.late,
            adjustments=tuple(
                Adjustment(one.exercise, one.points, _("adjustment")) for one in report.adjustments
            ),
        )

    def _exercise(self, exercise: ExerciseResult) -> ExerciseResult:
        return replace(
            exercise,
            found_as=exercise.name if exercise.found_as else "",
            place=self._place(exercise.place),
            checks=tuple(self._check(check) for check in exercise.checks),
        )

    def _check(self, check: CheckResult) -> CheckResult:
        said = self._said(check.verdict, check.finding.message) if check.finding else ""
        return replace(
            check,
            finding=Finding(said) if said else None,
            place=self._place(check.place),
            diagnoses=tuple(Diagnosis(one.id, self._without_names(one.hint)) for one in check.diagnoses),
            note=self._without_names(check.note) if self.graded else "",
        )

    def _said(self, verdict: Verdict, message: str) -> str:
        if not self.graded:  # it names the file
            return ""
        # What went wrong otherwise may quote Python, and Python the student.
        own = message if verdict is Verdict.FAILED else _QUOTED.split(message, maxsplit=1)[0]
        for sentence, name in (
            (_("an object of type {type}"), "type"),
            (_("{call} raised {error}"), "error"),
        ):
            own = _without_types(own, sentence, name)
        return self._without_names(own)

    def _without_names(self, text: str) -> str:
        return self.known.sub("…", text)

    def _place(self, place: Place | None) -> Place | None:
        return replace(place, file=self.files[place.file]) if place else None
