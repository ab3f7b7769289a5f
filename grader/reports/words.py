"""The words for verdicts and states, marked for the one translation seam.

Only these and the templates' own texts are translated: a translated text counts as safe markup, so nothing
that comes from a submission or an assignment may ever take this way.
"""

from __future__ import annotations

from grader.box import flags
from grader.diagnosis import MISTAKES
from grader.flags import SAME
from grader.language import N_, _, ngettext
from grader.model import CheckResult, Diagnosis, ExerciseResult, Status, Verdict
from grader.reports.facts import is_broken

VERDICTS = {
    Verdict.PASSED: N_("Passed"),
    Verdict.FAILED: N_("Failed"),
    Verdict.CRASHED: N_("Crashed"),
    Verdict.TIMED_OUT: N_("Timed out"),
    Verdict.MISSING: N_("Missing"),
    Verdict.SKIPPED: N_("Skipped"),
    Verdict.WAIVED: N_("Waived"),
    Verdict.ERROR: N_("Not judged"),
}

STATUSES = {
    Status.GRADED: N_("Graded"),
    Status.UNREADABLE: N_("Unreadable"),
    Status.CRASHED: N_("Crashed"),
    Status.TIMED_OUT: N_("Timed out"),
    Status.MISSING: N_("Nothing handed in"),
    Status.ERROR: N_("Not judged"),
}

STANDINGS = {
    "all": N_("All points"),
    "most": N_("Most points"),
    "some": N_("Some points"),
    "none": N_("No points yet"),
    "missing": N_("Not written yet"),
    "broken": N_("Could not be run"),
    "error": N_("Not judged"),
}

FLAGS = {
    flags.DIFFERENCES: N_("The gradient may be computed by finite differences"),
    flags.AUTOGRAD: N_("Imports a library that differentiates by itself"),
    flags.FRAMES: N_("Looks into the program that runs it"),
    flags.MACHINE: N_("Reads or starts something on the machine"),
    flags.GRADER: N_("Looks for the grader or the reference"),
    flags.PATCHES: N_("Changes numpy or Python itself"),
    SAME: N_("The same code as somebody else's"),
}

DISCRIMINATIONS = {"well": N_("well"), "little": N_("little"), "not": N_("not at all")}


def verdict(check: CheckResult) -> str:
    """The word for a check's verdict."""
    return VERDICTS[check.verdict]


def status(value: Status) -> str:
    """The word for what became of a submission."""
    return STATUSES[value]


def waiting(count: int) -> str:
    """That a class is not complete, because a run did not end."""
    said = ngettext(
        "{count} hand-in is still to be graded: the run did not end, and the same command goes on from there.",
        "{count} hand-ins are still to be graded: the run did not end, and the same command goes on from there.",
        count,
    )
    return said.format(count=count)


def mistake(diagnosis: Diagnosis) -> str:
    """What is wrong, in a few words; of a diagnosis that the catalogue no longer has, its hint."""
    known = MISTAKES.get(diagnosis.id)
    return _(known.mistake) if known else diagnosis.hint


def flag(id: str) -> str:
    """What a human should look at, in a few words; of a flag that is not known here, its id."""
    return _(FLAGS[id]) if id in FLAGS else id


def standing(exercise: ExerciseResult) -> str:
    """Which of `STANDINGS` an exercise is in."""
    if any(check.verdict is Verdict.ERROR for check in exercise.checks):
        return "error"
    if exercise.score <= 0 < exercise.max_score and any(
        check.verdict is Verdict.MISSING for check in exercise.checks
    ):
        return "broken" if is_broken(exercise) else "missing"
    return level(exercise.score, exercise.max_score)


def shade(exercise: ExerciseResult) -> str:
    """The same for the class page, which does not tell why there is nothing to judge."""
    stands = standing(exercise)
    return "missing" if stands == "broken" else stands


def level(score: float, max_score: float) -> str:
    """How much was earned: all (but for rounding), most (at least half), some or none."""
    if score >= max_score - 5e-7:
        return "all"
    if score >= max_score / 2:
        return "most"
    return "some" if score > 0 else "none"


def discrimination(value: float) -> str:
    """How well a correlation of this size tells strong work from weak: the word for it."""
    return DISCRIMINATIONS["well" if value >= 0.3 else "little" if value >= 0.1 else "not"]
