"""The words for verdicts and states, as message ids of the one translation seam.

Only these and the templates' own texts are translated: a translated text counts as safe markup, so nothing
that comes from a submission or an assignment may ever take this way.
"""

from __future__ import annotations

from grader.model import CheckResult, ExerciseResult, Status, Verdict

VERDICTS = {
    Verdict.PASSED: "Passed",
    Verdict.FAILED: "Failed",
    Verdict.CRASHED: "Crashed",
    Verdict.TIMED_OUT: "Timed out",
    Verdict.MISSING: "Not written yet",
    Verdict.SKIPPED: "Skipped",
    Verdict.WAIVED: "Waived",
    Verdict.ERROR: "Not judged",
}

STATUSES = {
    Status.GRADED: "Graded",
    Status.UNREADABLE: "Unreadable",
    Status.CRASHED: "Crashed",
    Status.TIMED_OUT: "Timed out",
    Status.MISSING: "Nothing handed in",
    Status.ERROR: "Not judged",
}

STANDINGS = {
    "all": "All points",
    "most": "Most points",
    "some": "Some points",
    "none": "No points yet",
    "missing": "Not written yet",
    "error": "Not judged",
}


def verdict(check: CheckResult) -> str:
    """The word for a check's verdict."""
    return VERDICTS[check.verdict]


def status(value: Status) -> str:
    """The word for what became of a submission."""
    return STATUSES[value]


def standing(exercise: ExerciseResult) -> str:
    """Which of `STANDINGS` an exercise is in."""
    verdicts = {check.verdict for check in exercise.checks}
    if Verdict.ERROR in verdicts:
        return "error"
    if exercise.score <= 0 < exercise.max_score and Verdict.MISSING in verdicts:
        return "missing"
    return level(exercise.score, exercise.max_score)


def level(score: float, max_score: float) -> str:
    """How much was earned: all (but for rounding), most (at least half), some or none."""
    if score >= max_score - 5e-7:
        return "all"
    if score >= max_score / 2:
        return "most"
    return "some" if score > 0 else "none"
