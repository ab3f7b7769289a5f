"""What is said about a check in every format: plain lines of text, safe to be put anywhere that escapes its own."""

from __future__ import annotations

from collections.abc import Iterator

from grader.errors import Fault
from grader.export.points import Scale, written
from grader.language import _
from grader.model import CheckResult, ClassReport, ExerciseResult, Report, Verdict
from grader.reports import words
from grader.reports.text import line
from grader.sentences import spot

_WRONG = frozenset({Verdict.FAILED, Verdict.CRASHED, Verdict.TIMED_OUT, Verdict.MISSING})


def is_wrong(check: CheckResult) -> bool:
    """Whether the student has something to mend here; advice that was not followed counts too."""
    return check.verdict in _WRONG


def wrong_checks(report: Report) -> Iterator[tuple[ExerciseResult, CheckResult]]:
    """All that went wrong and is more than advice, in the order of the exercises; what is not written, once."""
    for exercise in report.exercises:
        missing = False
        for check in exercise.checks:
            again = missing and check.verdict is Verdict.MISSING
            if is_wrong(check) and not check.advice and not again:
                yield exercise, check
            missing = missing or check.verdict is Verdict.MISSING


def title(exercise: ExerciseResult, check: CheckResult) -> str:
    """``Affine: db is summed over the batch``; a title that begins with the exercise's name says it already."""
    said = line(check.title)
    if not check.title.startswith(exercise.name):
        said = _("{exercise}: {title}").format(exercise=line(exercise.name), title=said)
    return _("Advice: {title}").format(title=said) if check.advice else said


def lines(check: CheckResult) -> tuple[str, ...]:
    """The verdict, why, and what it may mean: one hint, or all of a tie."""
    said = [_(words.verdict(check))]
    if check.finding is not None:
        said.append(line(check.finding.message))
    return (*said, *hints(check))


def hints(check: CheckResult) -> tuple[str, ...]:
    """What a failed check may mean; more than one hint is a tie and is said to be one."""
    found = tuple(line(diagnosis.hint) for diagnosis in check.diagnoses)
    return (_("One of these is likely:"), *found) if len(found) > 1 else found


def where(check: CheckResult) -> str:
    """``layers.ipynb, cell 12, line 18``; "" where no place is known."""
    return "" if check.place is None else line(spot(check.place))


def score_line(submission: Report, report: ClassReport, scale: Scale) -> str:
    """``Score: 17.5 / 20``, or ``Total`` where points were given or taken; or that there is none."""
    grade = scale.grade(submission, report)
    if grade is None:
        return _("Not judged, by our fault: there is no score.")
    said = _("Total: {score} / {top}") if submission.adjustments else _("Score: {score} / {top}")
    return said.format(score=written(grade), top=written(scale.top(report)))


def beside(submission: Report) -> tuple[str, ...]:
    """What was given or taken beside the judgement, each with its reason, lateness too, and what people said."""
    given = []
    for one in submission.adjustments:
        said = _("{points:+g} of {top:g} points: {why}")
        if one.exercise is not None:
            said = _("{points:+g} of {top:g} points, for {exercise}: {why}")
        text = said.format(
            points=one.points, top=submission.max_score, exercise=one.exercise or "", why=one.why
        )
        given.append(line(text))
    return (*given, *map(line, submission.comments))


def unjudged(submission: Report) -> Fault:
    """The error for a submission of which no score may leave, because part of it was not judged."""
    return Fault(
        f"{line(submission.student)} was not judged whole, by our fault, so no score is written: grade again"
    )
