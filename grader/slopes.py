"""Does a student's own forward have the slopes of the gradients? What is asked for that, and what was seen."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader import language
from grader.box.program import Reply
from grader.checks import Record, Seen, Trial, Trouble, read
from grader.checks.record import CASE
from grader.key import Directions, Key
from grader.language import _
from grader.model import Array, Verdict
from grader.numeric import closeness
from grader.numeric.differences import DIRECTIONS, DOUBLE, EPS_TOLERANCE, SINGLE, Stride, agree, gradient
from grader.sandbox.session import Answer, Session

_ONE = np.array(1.0)
_MOST = 64


def with_slopes(session: Session, key: Key, records: Sequence[Record]) -> list[Record]:
    """The records with central differences of the student's own forward at the first public case.

    Where all is right in that case, a few directions confirm it. Elsewhere, and where they do not, each element is
    stepped along, which shows small mistakes and their places.
    """
    strides = [_stride(record) for record in records]
    confirmed = _confirmed(session, key, records, strides)
    jobs = [
        key.differences(record.exercise, record.of(CASE)[0].case, stride.h)
        if stride and not record.slopes
        else ()
        for record, stride in zip(confirmed, strides, strict=True)
    ]
    answers = session.observe_each(jobs)
    return [
        _sloped(record, stride, replies) if stride and replies else record
        for record, stride, replies in zip(confirmed, strides, answers, strict=True)
    ]


def _confirmed(
    session: Session, key: Key, records: Sequence[Record], strides: Sequence[Stride | None]
) -> list[Record]:
    """The records, with slopes where all gradients are right and belong to the student's own forward."""
    tried = [
        key.directions(record.exercise, record.of(CASE)[0].case, DOUBLE.h)
        if stride == DOUBLE and record.of(CASE)[0].is_right
        else None
        for record, stride in zip(records, strides, strict=True)
    ]
    answers = session.observe_each([[one.job] if one else [] for one in tried])
    return [
        _along(record, directions, *replies) if directions else record
        for record, directions, replies in zip(records, tried, answers, strict=True)
    ]


def _along(record: Record, directions: Directions, reply: Answer) -> Record:
    first = record.of(CASE)[0]
    known = isinstance(reply, Reply) and reply.kept
    slopes = (
        _kept_slopes(first, directions, reply, language.current())
        if known
        else _slopes_along(first, directions, reply)
    )
    tolerance = DOUBLE.tolerance
    return replace(record, slopes=slopes, slope_tolerance=tolerance, answers=(*record.answers, reply))


def _slopes_along(first: Trial, directions: Directions, reply: Answer) -> Mapping[str, Seen]:
    """The gradients of a case, where they are confirmed, or what kept them from being; none where they are not."""
    exercise = directions.exercise
    values = read(replace(exercise.output, path=()), reply, exercise.name)
    if isinstance(values, Trouble):
        return {one.name: values for one in exercise.gradients}
    got = {one.of: np.asarray(first.got[one.name]) for one in exercise.gradients}
    own = first.wanted[exercise.output.name].shape
    if values.shape == (2 * DIRECTIONS, *own) and agree(
        values, first.case.arrays.get("dout", _ONE), got, directions.steps, DOUBLE
    ):
        return {one.name: first.got[one.name] for one in exercise.gradients}
    return {}


@functools.lru_cache(_MOST)
def _kept_slopes(first: Trial, directions: Directions, reply: Answer, _language: str) -> Mapping[str, Seen]:
    """The same for a reply that many of a class give, in a language."""
    return _slopes_along(first, directions, reply)


def _sloped(record: Record, stride: Stride, replies: Sequence[Answer]) -> Record:
    exercise, first = record.exercise, record.of(CASE)[0]
    output = replace(exercise.output, path=())
    arrays = first.case.arrays
    slopes = {
        quantity.name: _slope(
            read(output, reply, exercise.name),
            arrays.get("dout", _ONE),
            arrays[quantity.of],
            first.got[exercise.output.name],
            stride,
        )
        for quantity, reply in zip(exercise.gradients, replies, strict=True)
    }
    tolerance = max(stride.tolerance, EPS_TOLERANCE if exercise.forms else 0.0)
    answers = (*record.answers, *replies)
    return replace(record, slopes=slopes, slope_tolerance=tolerance, answers=answers)


def _slope(values: Seen, dout: Array, at: Array, own: Seen, stride: Stride) -> Seen:
    if isinstance(values, Trouble):
        return values
    # A forward of the wrong shape can still be differentiated where dout broadcasts against it as handed in.
    if (
        isinstance(own, Trouble)
        or values.shape != (2 * at.size, *own.shape)
        or dout.shape not in (own.shape, ())
    ):
        return Trouble(Verdict.SKIPPED, _("forward does not have the shape of dout"), "forward")
    return gradient(values, dout, at, stride.h)


def _stride(record: Record) -> Stride | None:
    """Steps for the precision that the forward shows; None where there is nothing to step along."""
    first = record.of(CASE)[0] if record.exercise.gradients else None
    own = first.got[record.exercise.output.name] if first else None
    if first is None or not isinstance(own, np.ndarray):
        return None
    wanted = first.wanted[record.exercise.output.name]
    rough = own.dtype != np.float64 or (
        not first.is_right
        and own.shape == wanted.shape
        and closeness.SAME < closeness.error(own, wanted) <= closeness.ROUGH
    )
    return SINGLE if rough else DOUBLE
