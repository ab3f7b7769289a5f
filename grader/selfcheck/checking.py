"""The judge's checks on the public cases, for one file or one notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader import judging
from grader.box.program import Source
from grader.drivers import Exercise
from grader.errors import UsageError
from grader.frozen import PublicKey
from grader.frozen.foreseen import Remembering
from grader.language import _
from grader.model import CheckResult, ExerciseResult, Report, Status, Verdict
from grader.observing import observe
from grader.sandbox.base import Died, Limits, Sandbox
from grader.sandbox.session import Session
from grader.sentences import failure, sentences
from grader.submissions import Submission

WRONG = (Verdict.FAILED, Verdict.CRASHED, Verdict.TIMED_OUT, Verdict.MISSING, Verdict.ERROR)


@dataclass(frozen=True)
class Checkup:
    """What a self-check came to. `title` is the assignment's, `subject` what was checked.

    `after` maps exercises that lose points, or are wrong, to parts of theirs that are wrong too; `withheld` has, by
    exercise, the titles of checks that only the instructor has.
    """

    title: str
    subject: str
    report: Report
    after: dict[str, tuple[str, ...]]
    withheld: dict[str, tuple[str, ...]]

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong; advice is not."""
        return not self.report.note and not any(map(is_wrong, self.report.exercises))

    @property
    def fits_nothing(self) -> bool:
        """Whether all of the file ran, and nothing in it is what was asked for."""
        hindered = self.report.note or self.report.failures
        return not hindered and not any(one.found_as for one in self.report.exercises)

    @property
    def undecided(self) -> bool:
        """Whether something is our fault."""
        return any(check.verdict is Verdict.ERROR for one in self.report.exercises for check in one.checks)


def is_wrong(result: ExerciseResult) -> bool:
    """Whether any check of an exercise that is more than advice came out wrong."""
    return any(check.verdict in WRONG and not check.advice for check in result.checks)


def is_unwritten(result: ExerciseResult) -> bool:
    """Whether there is nothing of an exercise yet that is worth a word."""
    return not result.score and any(check.verdict is Verdict.MISSING for check in result.checks)


def wanted(key: PublicKey, only: Sequence[str]) -> list[Exercise]:
    """The exercises of these names or aliases, whatever their case; all where there are none.

    Raises UsageError for a name that no exercise has.
    """
    if not only:
        return list(key.assignment.exercises)
    known = {
        name.casefold(): exercise
        for exercise in key.assignment.exercises
        for name in (exercise.name, *exercise.aliases, *(one.name for one in exercise.sought))
    }
    for name in only:
        if name.casefold() not in known:
            names = ", ".join(key.assignment.by_name)
            withheld = [one.exercise for one in key.withheld if one.exercise.casefold() == name.casefold()]
            if withheld and withheld[0] not in key.assignment.by_name:
                raise UsageError(
                    f"{withheld[0]} is judged by your instructor only; what can be checked here: {names}"
                )
            raise UsageError(f"There is no exercise {name}; there are {names}")
    chosen = {known[name.casefold()].name for name in only}
    return [exercise for exercise in key.assignment.exercises if exercise.name in chosen]


def check(
    key: PublicKey,
    exercises: Sequence[Exercise],
    sandbox: Sandbox,
    subject: str,
    submission: Submission,
    sources: tuple[Source, ...] = (),
    mends: tuple[str, ...] = (),
) -> Checkup:
    """Asks the public cases of these exercises and judges the answers.

    Raises UsageError where the assignment needs a library that is not installed, SandboxUnavailable without a sandbox.
    """
    if key.assignment.missing:
        raise UsageError(key.assignment.missing)
    files = {file.path: file.data for file in submission.files}
    limits = Limits(memory=max(Limits.memory, key.assignment.memory))
    note, results, more, broken, printed = "", list[ExerciseResult](), mends, tuple[str, ...](), ""
    try:
        with (
            Session(sandbox, files, sources, key.assignment.sought, limits) as session,
            np.errstate(all="ignore"),
        ):
            seen = observe(session, key.key, exercises)
        known = Remembering(foreseen=key.foreseen)
        errata, every = key.assignment.errata, key.assignment.exercises
        results = [judging.judged(record, known, errata, every) for record in seen.records.values()]
        more = (*mends, *sentences(seen.loaded.notes))
        broken = tuple(map(failure, seen.loaded.failures))
        printed = seen.printed
    except Died as death:
        note = _("Your file could not be loaded: it {what}").format(what=death.message)
        results = [judging.unjudged(exercise, Verdict.CRASHED, note) for exercise in exercises]
    report = Report(
        student="",
        files=tuple(source.path for source in sources),
        status=Status.GRADED if not note else Status.CRASHED,
        score=sum(result.score for result in results),
        max_score=sum(result.max_score for result in results),
        seconds=0.0,
        exercises=tuple(results),
        note=note,
        mends=more,
        failures=broken,
        output=printed,
    )
    return Checkup(
        _(key.assignment.title), subject, report, _after(exercises, results), _withheld(key, exercises)
    )


def check_file(key: PublicKey, exercises: Sequence[Exercise], sandbox: Sandbox, file: Path) -> Checkup:
    """The same for a file and what it imports."""
    from grader.selfcheck.handin import handin

    return check(key, exercises, sandbox, file.name, *handin(file))


def _after(exercises: Sequence[Exercise], results: Sequence[ExerciseResult]) -> dict[str, tuple[str, ...]]:
    wrong = {result.name for result in results if is_wrong(result)}
    parts = {exercise.name: tuple(part for part in exercise.uses if part in wrong) for exercise in exercises}
    open_yet = wrong | {result.name for result in results if result.score < result.max_score}
    return {name: found for name, found in parts.items() if found and name in open_yet}


def _withheld(key: PublicKey, exercises: Sequence[Exercise]) -> dict[str, tuple[str, ...]]:
    """Titles by exercise: of the exercises that are checked, and of those that stay with the instructor as a whole."""
    asked = {exercise.name for exercise in exercises}
    everything = len(asked) == len(key.assignment.exercises)
    found: dict[str, tuple[str, ...]] = {}
    for one in key.withheld:
        if one.exercise in asked or (everything and one.exercise not in key.assignment.by_name):
            found[one.exercise] = (*found.get(one.exercise, ()), _(one.title))
    return found


def shown(result: ExerciseResult) -> list[CheckResult]:
    """The checks of an exercise that a student has to hear of, each message once, what costs points before advice."""
    if is_unwritten(result):
        return [check for check in result.checks if check.verdict is Verdict.MISSING][:1]
    told: set[str] = set()
    found = []
    for check in sorted(result.checks, key=lambda check: (check.advice, not check.max_score)):
        message = check.finding.message if check.finding else ""
        undecided = check.verdict is Verdict.SKIPPED and check.max_score > 0
        if (check.verdict in WRONG or undecided) and message not in told:
            told.add(message)
            found.append(check)
    return found
