"""From a record to a judged exercise: every check asked, every point given here and nowhere else."""

from __future__ import annotations

import functools
import logging
from collections.abc import Sequence
from dataclasses import replace

from grader.carrying import carried
from grader.checks import Check, Record, battery
from grader.checks.battery import value_check
from grader.checks.judgement import Judgement, skipped
from grader.checks.presence import absence
from grader.diagnosis import Reckoner, named
from grader.drivers import Exercise
from grader.language import _
from grader.model import CheckResult, Diagnosis, ExerciseResult, Finding, Verdict
from grader.numeric import closeness

log = logging.getLogger(__name__)


def judged(
    record: Record, reckoner: Reckoner, errata: str = "fail", exercises: Sequence[Exercise] = ()
) -> ExerciseResult:
    """All checks of the exercise, in order.

    `errata` says what a known mistake costs, see `Assignment`; `exercises` are those of the assignment.
    """
    results = [_judged(check, record, reckoner, errata) for check in battery(record.exercise)]
    return result(record.exercise, _carried(record, results, exercises), record)


def _carried(
    record: Record, results: Sequence[CheckResult], exercises: Sequence[Exercise]
) -> Sequence[CheckResult]:
    if not record.definition.found_as or not record.trials:
        return results
    try:
        return carried(record, results, exercises)
    except Exception:
        # What is kept is a favour: without it the judgement stands.
        log.exception("what %s keeps", record.exercise.name)
        return results


def unjudged(exercise: Exercise, verdict: Verdict, why: str, private: str = "") -> ExerciseResult:
    """Every check with the same verdict and reason; nothing was observed."""
    finding = Finding(why, private)
    results = [_result(check, Judgement(verdict, finding)) for check in battery(exercise)]
    return result(exercise, results)


def merged(own: ExerciseResult, lent: ExerciseResult, parts: Sequence[str]) -> ExerciseResult:
    """The better of two judgements of each check: as handed in, and with the reference's parts lent to it."""
    note = _("judged with our {parts} in place of yours").format(parts=", ".join(parts))
    checks = [_better(first, second, note) for first, second in zip(own.checks, lent.checks, strict=True)]
    return ExerciseResult(
        name=own.name,
        title=own.title,
        score=_total(checks),
        max_score=own.max_score,
        checks=tuple(checks),
        found_as=own.found_as,
        place=own.place,
        lent=tuple(parts) if checks != list(own.checks) else (),
        formula=own.formula,
    )


def result(exercise: Exercise, checks: Sequence[CheckResult], record: Record | None = None) -> ExerciseResult:
    """The checks with their sums. What could not be judged by our own fault counts neither way."""
    judged_points = sum(check.max_score for check in checks if check.verdict is not Verdict.ERROR)
    return ExerciseResult(
        name=exercise.name,
        title=exercise.name,
        score=_total(checks),
        max_score=judged_points or exercise.max_score,
        checks=tuple(checks),
        found_as=record.definition.found_as if record else "",
        place=record.place(None) if record else None,
        formula=_formula(exercise),
    )


def _formula(exercise: Exercise) -> str:
    name = exercise.output.name
    formulas = exercise.derivation.formulas if exercise.derivation else {}
    return f"{name} = {formulas[name]}" if name in formulas else ""


def _total(checks: Sequence[CheckResult]) -> float:
    return float(sum(check.score for check in checks))


def _judged(check: Check, record: Record, reckoner: Reckoner, errata: str) -> CheckResult:
    exercise = record.exercise
    if check.name in exercise.waive:
        return _result(check, Judgement(Verdict.WAIVED, Finding(_(exercise.waive[check.name]))))
    try:
        if not record.definition.found_as and check.name != "is_defined":
            missing = Judgement(Verdict.MISSING, Finding(absence(record)))
            return _result(check, missing if check.points else skipped(absence(record)))
        judgement = check.judge(record)
        diagnoses = _diagnoses(check, record, judgement, reckoner)
        fingerprint = "" if diagnoses else _fingerprint(judgement)
        found = _result(check, judgement, diagnoses, fingerprint)
        return _excused(found, record) if errata == "advice" and check.points else found
    except Exception as error:
        # Whatever goes wrong in a check is ours: it costs no points and is told to the instructor.
        log.exception("%s.%s", exercise.name, check.name)
        text = f"{type(error).__name__}: {error}"
        return _result(check, Judgement(Verdict.ERROR, Finding(_("This check failed by our fault"), text)))


def _diagnoses(
    check: Check, record: Record, judgement: Judgement, reckoner: Reckoner
) -> tuple[Diagnosis, ...]:
    try:
        return named(record, check, judgement, reckoner)
    except Exception:
        # What has no name is still judged.
        log.exception("the diagnosis of %s.%s", record.exercise.name, check.name)
        return ()


def _fingerprint(judgement: Judgement) -> str:
    evidence = judgement.finding.evidence if judgement.finding else None
    return "" if evidence is None or evidence.got is None else closeness.fingerprint(evidence.got)


def _excused(check: CheckResult, record: Record) -> CheckResult:
    """The check as advice where it fails because of a known erratum, or is skipped because of what that spoils."""
    if check.verdict not in (Verdict.FAILED, Verdict.SKIPPED):
        return check
    arrays = record.trials[0].case.arrays
    wrong = {name for form in record.errata for name in form.values(arrays)}
    failed = check.verdict is Verdict.FAILED
    if not (check.name in map(value_check, wrong) if failed else record.exercise.output.name in wrong):
        return check
    note = _("a known mistake of a published text, which costs no points here")
    return replace(check, score=check.max_score, advice=True, note=note)


def _result(
    check: Check, judgement: Judgement, diagnoses: tuple[Diagnosis, ...] = (), fingerprint: str = ""
) -> CheckResult:
    bare = _bare(check.name, check.title, judgement.verdict, check.points, check.advice)
    if judgement == Judgement(judgement.verdict) and not diagnoses and not fingerprint:
        return bare
    return replace(
        bare,
        finding=judgement.finding,
        place=judgement.place,
        diagnoses=diagnoses,
        note=judgement.note,
        fingerprint=fingerprint,
    )


@functools.lru_cache(1024, typed=True)  # 3 is written as 3, 3.0 as 3.0
def _bare(name: str, title: str, verdict: Verdict, points: float, advice: bool) -> CheckResult:
    """A check that found nothing, which is the same for all who come to it: whoever draws it, draws it once."""
    score = points if verdict in (Verdict.PASSED, Verdict.WAIVED) else 0.0
    return CheckResult(name, title, verdict, score, points, advice)


def _better(own: CheckResult, lent: CheckResult, note: str) -> CheckResult:
    if lent.verdict is Verdict.PASSED is not own.verdict:
        return _with_note(lent, note)
    # What looked as if it were not written may only have lacked its part. Where it stands was told by the box that
    # knew no reference: the name of a file has room for a text.
    return replace(lent, place=own.place) if own.verdict is Verdict.MISSING else own


def _with_note(check: CheckResult, note: str) -> CheckResult:
    return CheckResult(
        check.name, check.title, check.verdict, check.score, check.max_score, check.advice, note=note
    )
