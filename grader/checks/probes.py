"""Questions at the edge: other formats, odd inputs, a second call. Each looks at one kind of ask."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.checks.judgement import PASSED, Judgement, compared, failed, troubled, worst
from grader.checks.record import Record
from grader.checks.seen import Trouble
from grader.checks.values import all_match
from grader.drivers import Layer
from grader.drivers.asks import AFTER_MARK, AGAIN_MARK, Tag
from grader.drivers.exercise import Quantity
from grader.language import _


def second_forward_matches_reference(record: Record) -> Judgement:
    """Nothing of the first round is left in the second: no stale cache, no accumulated gradient."""
    return all_match(record, Tag.AGAIN)


def accepts_integer_labels(record: Record) -> Judgement:
    """Labels of shape (N,) give what one-hot rows give."""
    return all_match(record, Tag.LABELS)


def accepts_column_labels(record: Record) -> Judgement:
    """Labels of shape (N, 1) give what one-hot rows give."""
    return all_match(record, Tag.COLUMN)


def accepts_higher_rank(record: Record) -> Judgement:
    """All axes after the first are flattened going forward, and restored going back."""
    return all_match(record, Tag.RANK)


def accepts_one_sample(record: Record) -> Judgement:
    """One sample gives what a batch of it gives."""
    return all_match(record, Tag.ONE)


def uses_dout(record: Record) -> Judgement:
    """With dout = 1.7 the gradient is 1.7 times that with 1."""
    return all_match(record, Tag.UPSTREAM)


def backward_twice_agrees(record: Record) -> Judgement:
    """backward changes nothing that backward needs."""
    judgements = []
    for trial in record.of(Tag.TWICE):
        for quantity in record.exercise.gradients:
            first = trial.got[quantity.name]
            if isinstance(first, Trouble):
                judgements.append(troubled(record, trial, quantity, first))
                continue
            second = replace(trial, got={quantity.name: trial.got[quantity.name + AGAIN_MARK]})
            judgements.append(compared(record, second, quantity, [first]))
    return worst(judgements)


def stays_finite_for_large_inputs(record: Record) -> Judgement:
    """Neither an error nor a NaN nor an infinity for values around a thousand."""
    for trial in record.of(Tag.LARGE):
        for quantity in record.exercise.quantities:
            got = trial.got[quantity.name]
            if isinstance(got, Trouble):
                return troubled(record, trial, quantity, got)
            if not np.isfinite(got).all():
                message = _("{name} is not finite for large inputs").format(name=quantity.name)
                return failed(record, trial, quantity, message)
    return PASSED


def leaves_arguments_alone(record: Record) -> Judgement:
    """What was handed in is unchanged afterwards."""
    return worst([_left_alone(record, name) for name in record.exercise.draws])


def leaves_dout_alone(record: Record) -> Judgement:
    """dout is unchanged after backward: other layers may still need it."""
    return _left_alone(record, "dout")


def _left_alone(record: Record, name: str) -> Judgement:
    where = "backward" if name == "dout" else "forward" if isinstance(record.exercise, Layer) else ""
    quantity = Quantity(name, name + AFTER_MARK, where=where)
    for trial in record.of(Tag.ALONE):
        before, after = trial.case.arrays[name], trial.got[name]
        if isinstance(after, Trouble):
            return troubled(record, trial, quantity, after)
        if not np.array_equal(before, after):
            message = _("{name} was written into").format(name=name)
            return failed(record, trial, quantity, message)
    return PASSED
