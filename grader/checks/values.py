"""The question that points lie on: are the values right?"""

from __future__ import annotations

from grader.checks import logeps
from grader.checks.judgement import Judgement, compared, skipped, worst
from grader.checks.record import CASE, Record
from grader.drivers import Quantity
from grader.language import _
from grader.model import Verdict


def matches_reference(record: Record, quantity: Quantity, tag: str = CASE) -> Judgement:
    """The quantity equals the reference's in every case, in any of its right forms."""
    eps = logeps.fitted(record)
    return worst(
        [
            compared(record, trial, quantity, logeps.forms(record.exercise, trial, quantity, eps))
            for trial in record.of(tag)
        ]
    )


def all_match(record: Record, tag: str) -> Judgement:
    """The quantities equal the reference's in the asks of this kind.

    One mistake costs once: a gradient that is wrong in the ordinary cases as well is not held against this check.
    """
    judgements = {q: matches_reference(record, q, tag) for q in record.exercise.quantities}
    wrong = {q: judgement for q, judgement in judgements.items() if judgement.verdict is not Verdict.PASSED}
    for quantity, judgement in wrong.items():
        if matches_reference(record, quantity).verdict is Verdict.PASSED:
            return judgement
    if record.exercise.output in wrong:
        return skipped(_("{name} is not right yet").format(name=record.exercise.output.name))
    if wrong:
        names = ", ".join(quantity.name for quantity in wrong)
        return Judgement(
            Verdict.PASSED, note=_("{names} left out, being wrong already above").format(names=names)
        )
    return worst(list(judgements.values()))
