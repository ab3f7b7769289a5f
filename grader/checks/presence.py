"""The cheap questions: is it there, can it be called, does it run, are shapes and numbers sound?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.checks.absences import retold
from grader.checks.judgement import PASSED, Judgement, failed, misshapen, skipped, troubled
from grader.checks.record import Record, Trial
from grader.checks.seen import Trouble
from grader.drivers import Quantity
from grader.language import _
from grader.model import Array, Finding, Verdict


def is_defined(record: Record) -> Judgement:
    """The exercise was found, and somebody wrote something into it."""
    if not record.definition.found_as:
        failure = record.definition.failure
        return Judgement(Verdict.MISSING, Finding(absence(record)), failure.place if failure else None)
    troubles = [trouble.verdict for _t, _q, trouble in _troubles(record)]
    if Verdict.MISSING in troubles and not any(True for _array in _arrays(record)):
        message = _("{name} is not written yet").format(name=record.exercise.name)
        return Judgement(Verdict.MISSING, Finding(message), record.place(None))
    return PASSED


def absence(record: Record) -> str:
    """Why there is nothing to judge, in one sentence."""
    exercise = record.exercise
    if record.definition.why_not:
        return retold(record.definition.why_not)
    what = _("class") if exercise.sought[0].kind == "class" else _("function")
    return _("There is no {what} {name}; wrap your code in one of that name").format(
        what=what, name=exercise.name
    )


def has_interface(record: Record) -> Judgement:
    """Constructor, methods and arguments are as agreed."""
    for trial, quantity, trouble in _troubles(record):
        if trouble.interface:
            return troubled(record, trial, quantity, trouble)
    return PASSED


def runs(record: Record) -> Judgement:
    """No ordinary case raises, hangs or ends the process."""
    for trial, quantity, trouble in _troubles(record):
        if trouble.verdict in (Verdict.CRASHED, Verdict.TIMED_OUT, Verdict.MISSING):
            return troubled(record, trial, quantity, trouble)
    return PASSED


def has_right_shapes(record: Record) -> Judgement:
    """Every result that there is has exactly the reference's shape: broadcasting would hide mistakes."""
    for trial, quantity, trouble in _troubles(record):
        if trouble.verdict is Verdict.FAILED:
            return troubled(record, trial, quantity, trouble)
    some = False
    for trial, quantity, got in _arrays(record):
        some = True
        wanted = trial.wanted[quantity.name].shape
        if got.shape != wanted:
            return failed(record, trial, quantity, misshapen(record, trial, quantity.name, got.shape, wanted))
    return PASSED if some else skipped(_("there are no results to look at"))


def is_finite(record: Record) -> Judgement:
    """No result holds a NaN or an infinity."""
    some = False
    for trial, quantity, got in _arrays(record):
        some = True
        if not np.isfinite(got).all():
            message = _("{name} holds values that are not finite").format(name=quantity.name)
            return failed(record, trial, quantity, message)
    return PASSED if some else skipped(_("there are no results to look at"))


def _troubles(record: Record) -> Iterator[tuple[Trial, Quantity, Trouble]]:
    return ((trial, quantity, got) for trial, quantity, got in record.seen if isinstance(got, Trouble))


def _arrays(record: Record) -> Iterator[tuple[Trial, Quantity, Array]]:
    return ((trial, quantity, got) for trial, quantity, got in record.seen if not isinstance(got, Trouble))
