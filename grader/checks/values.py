"""The question that points lie on: are the values right?"""

from __future__ import annotations

from grader.checks import logeps
from grader.checks.judgement import Judgement, compared, worst
from grader.checks.record import Record
from grader.drivers import Quantity
from grader.drivers.asks import Tag


def matches_reference(record: Record, quantity: Quantity, tag: Tag = Tag.CASE) -> Judgement:
    """The quantity equals the reference's in every case, in any of its right forms."""
    eps = logeps.fitted(record)
    return worst(
        [
            compared(record, trial, quantity, logeps.forms(record.exercise, trial, quantity, eps))
            for trial in record.of(tag)
        ]
    )


def all_match(record: Record, tag: Tag) -> Judgement:
    """All quantities equal the reference's in the asks of this kind."""
    return worst([matches_reference(record, quantity, tag) for quantity in record.exercise.quantities])
