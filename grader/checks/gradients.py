"""Does a gradient belong to the student's own forward, right or wrong as that may be?"""

from __future__ import annotations

from dataclasses import replace

from grader.checks.judgement import Judgement, compared, skipped, troubled
from grader.checks.record import CASE, Record, Trial
from grader.checks.seen import Trouble
from grader.checks.values import matches_reference
from grader.drivers import Quantity
from grader.language import _
from grader.model import Verdict


def agrees_with_differences(record: Record, quantity: Quantity) -> Judgement:
    """The gradient equals central differences of the student's own forward at the first public case."""
    right = matches_reference(record, quantity).verdict is Verdict.PASSED
    if right and matches_reference(record, record.exercise.output).verdict is not Verdict.PASSED:
        # A rounded output has no slope: a right gradient is not to blame for that.
        return skipped(_("forward is wrong, and {name} is right").format(name=quantity.name))
    first = record.of(CASE)[0]
    slope = record.slopes.get(quantity.name)
    if slope is None:
        return skipped(_("forward gives no values to differentiate"))
    if isinstance(slope, Trouble):
        if slope.verdict is Verdict.SKIPPED:
            return skipped(slope.message)
        return troubled(record, first, quantity, slope)
    got = first.got[quantity.name]
    if isinstance(got, Trouble):
        return skipped(_("{name} was not seen").format(name=quantity.name))
    if got.shape != slope.shape:
        return skipped(_("{name} does not have the right shape").format(name=quantity.name))
    own = Trial(first.tag, first.case, first.got, {quantity.name: slope})
    judgement = compared(record, own, quantity, slope, record.slope_tolerance)
    if right or judgement.finding is None:
        return judgement
    # The arrays are shown once, where the gradient is compared with the right one.
    return replace(judgement, finding=replace(judgement.finding, evidence=None))
