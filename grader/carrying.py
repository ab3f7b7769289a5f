"""One mistake costs once, within an exercise: what is right for one's own mistake, and what a mistake makes impossible.

A gradient that is right for the student's own wrong forward keeps half of its points, but only where the mistake of
the forward has a name: a constant, the identity or another exercise's function is no such mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader.checks import Record, Trial
from grader.checks.battery import value_check
from grader.checks.record import CASE
from grader.diagnosis.hypotheses import output_of
from grader.diagnosis.matching import same, seen_of
from grader.drivers import Exercise
from grader.language import _
from grader.model import Array, CheckResult, Verdict

SHARE = 0.5
"""The part of its points that a gradient keeps."""


def carried(
    record: Record, checks: Sequence[CheckResult], exercises: Sequence[Exercise]
) -> tuple[CheckResult, ...]:
    """The checks, with what they keep. `exercises` are those of the assignment."""
    by_name = {check.name: check for check in checks}
    kept = {*_for_own_forward(record, by_name, exercises)}
    waived = dict(_made_impossible(record, by_name))
    return tuple(
        _halved(check) if check.name in kept else _waived(check, waived.get(check.name, ()))
        for check in checks
    )


def _halved(check: CheckResult) -> CheckResult:
    note = _("right for your own forward, so that half of the points are kept")
    return replace(check, score=SHARE * check.max_score, note=note)


def _waived(check: CheckResult, because: Sequence[str]) -> CheckResult:
    if not because:
        return check
    note = _("cannot be right while {names} is not, which has cost its points above").format(
        names=", ".join(because)
    )
    return replace(check, verdict=Verdict.WAIVED, score=check.max_score, note=note, diagnoses=())


def _for_own_forward(
    record: Record, checks: Mapping[str, CheckResult], exercises: Sequence[Exercise]
) -> Iterator[str]:
    """The checks of gradients that are right for a forward that is wrong in a way that has a name."""
    output = checks[value_check(record.exercise.output.name)]
    if output.verdict is not Verdict.FAILED or not output.diagnoses or record.lent:
        return
    if not record.exercise.gradients or _is_no_attempt(record, exercises):
        return
    for quantity in record.exercise.gradients:
        own = checks[value_check(quantity.name)]
        agrees = checks[f"{quantity.name.lower()}_agrees_with_differences"]
        if own.verdict is Verdict.FAILED and agrees.verdict is Verdict.PASSED:
            yield own.name


def _is_no_attempt(record: Record, exercises: Sequence[Exercise]) -> bool:
    """Whether the forward is a constant, one of its arguments, or what another exercise asks for."""
    trials = record.of(CASE)
    seen = seen_of(trials, record.exercise.output.name)
    if seen is None or all(np.ptp(one) == 0 for one in seen):
        return True
    arguments = [[trial.case.arrays[name] for trial in trials] for name in record.exercise.draws]
    others = (_of_another(record.exercise, other, trials) for other in exercises if other != record.exercise)
    return any(same(seen, one) for one in [*arguments, *(other for other in others if other)])


def _of_another(own: Exercise, other: Exercise, trials: Sequence[Trial]) -> list[Array]:
    """What another exercise's right code gives for these arguments, in their order; nothing where it takes others."""
    if len(own.draws) != len(other.draws):
        return []
    found = []
    for trial in trials:
        given = {theirs: trial.case.arrays[name] for name, theirs in zip(own.draws, other.draws, strict=True)}
        value = output_of(other, replace(trial.case, arrays={**trial.case.arrays, **given}))
        if value is None:
            return []
        found.append(value)
    return found


def _made_impossible(
    record: Record, checks: Mapping[str, CheckResult]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The author's checks that rest on quantities of which some are wrong, all in ways that have a name."""
    for extra in record.exercise.extras:
        values = {name: checks[value_check(name)] for name in extra.rests_on}
        wrong = {name: one for name, one in values.items() if one.verdict is not Verdict.PASSED}
        failed = checks[extra.name].verdict in (Verdict.FAILED, Verdict.CRASHED)
        # Most of it has to be right: otherwise there is nothing that the points could be for.
        if failed and wrong and 2 * len(wrong) < len(values) and all(one.diagnoses for one in wrong.values()):
            yield extra.name, tuple(wrong)
