"""What a check says, and the sentences in which arrays are said to differ."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from grader.box.program import Place
from grader.checks.absences import retold
from grader.checks.record import CASE, Record, Trial
from grader.checks.seen import Trouble
from grader.drivers import Quantity
from grader.drivers.snippet import snippet
from grader.language import _
from grader.model import Array, Evidence, Finding, Verdict
from grader.numeric import closeness

MOST_SHOWN = 4096
"""Results of more elements than this are not kept to be shown: no case is that large, and memory is."""


@dataclass(frozen=True)
class Judgement:
    """A verdict with its reasons. `note` qualifies a pass; `named` is a mistake's id where the check knows it."""

    verdict: Verdict
    finding: Finding | None = None
    place: Place | None = None
    note: str = ""
    named: str = ""


PASSED = Judgement(Verdict.PASSED)

_MOST_AXES = 4


def skipped(why: str) -> Judgement:
    """Not judged, because of something said elsewhere."""
    return Judgement(Verdict.SKIPPED, Finding(why))


def troubled(record: Record, trial: Trial, quantity: Quantity | None, trouble: Trouble) -> Judgement:
    """The judgement of a quantity that could not be seen."""
    call = _bracket(record, trial, quantity)
    if record.lent:
        message = _("{name} gives no usable value, even with our {parts} in place of yours").format(
            name=record.exercise.name, parts=", ".join(record.lent)
        )
        return Judgement(trouble.verdict, Finding(message), record.place(quantity))
    # Where a hidden case stopped is for the submission to say, and could tell hidden inputs.
    place = (trouble.place if trial.case.public else None) or record.place(quantity)
    if trouble.verdict is Verdict.MISSING and (why := record.why_not(quantity)):
        return Judgement(Verdict.MISSING, Finding(retold(why)), place)
    if trouble.verdict in (Verdict.MISSING, Verdict.SKIPPED):
        return Judgement(trouble.verdict, Finding(trouble.message), place)
    if trouble.brief and not trial.case.public:
        return Judgement(trouble.verdict, Finding(f"{trouble.brief} {call}", private=trouble.message), place)
    again = _again(record, trial, quantity)
    return Judgement(trouble.verdict, Finding(f"{trouble.message} {call}", again=again), place)


def compared(
    record: Record,
    trial: Trial,
    quantity: Quantity,
    wanted: Array,
    tolerance: float = closeness.ROUGH,
) -> Judgement:
    """The student's quantity against the wanted array."""
    got = trial.got[quantity.name]
    if isinstance(got, Trouble):
        return troubled(record, trial, quantity, got)
    label = _label(record, quantity)
    if got.shape != wanted.shape:
        message = misshapen(record, trial, label, got.shape, wanted.shape)
        return _failed(record, trial, quantity, message, got, wanted)
    got = got.astype(np.float64)
    error = closeness.error(got, wanted)
    bad = 0 if math.isfinite(error) else int((~np.isfinite(got)).sum())
    if bad:
        message = _("{name} holds {count} values that are not finite").format(name=label, count=bad)
        return _failed(record, trial, quantity, message, got, wanted)
    if error > tolerance:
        return _failed(record, trial, quantity, _difference(label, got, wanted, error), got, wanted)
    if error > closeness.SAME:
        return Judgement(
            Verdict.PASSED, note=_("right up to a relative error of {error:.1g}").format(error=error)
        )
    return PASSED


def misshapen(record: Record, trial: Trial, label: str, got: tuple[int, ...], wanted: tuple[int, ...]) -> str:
    """What a wrong shape is.

    Axes are numbers of any size, in which a submission could tell a hidden input, or the reference that it was lent:
    where there is one, only a shape that is made of sizes of the case is told.
    """
    sizes = {1, *wanted, *(size for array in trial.case.arrays.values() for size in array.shape)}
    if (trial.case.public and not record.lent) or (len(got) <= _MOST_AXES and sizes.issuperset(got)):
        return _("{name}.shape={got}, but should be {wanted}").format(name=label, got=got, wanted=wanted)
    return _("{name} does not have the right shape, which is {wanted}").format(name=label, wanted=wanted)


def worst(judgements: Iterable[Judgement]) -> Judgement:
    """The first that did not pass, rather not a skipped one; else the first with a note; else a plain pass.

    No more are asked for than it takes. Raises ValueError when there are none.
    """
    skip, noted, some = None, PASSED, False
    for judgement in judgements:
        some = True
        if judgement.verdict is Verdict.SKIPPED:
            skip = skip or judgement
        elif judgement.verdict is not Verdict.PASSED:
            return judgement
        elif judgement.note and not noted.note:
            noted = judgement
    if not some:
        raise ValueError("nothing was judged")
    return skip or noted


def failed(record: Record, trial: Trial, quantity: Quantity | None, message: str) -> Judgement:
    """A failure that no two arrays show."""
    return Judgement(
        Verdict.FAILED, Finding(f"{message} {_bracket(record, trial, quantity)}"), record.place(quantity)
    )


def _failed(
    record: Record, trial: Trial, quantity: Quantity, message: str, got: Array, wanted: Array
) -> Judgement:
    line = f"{message} {_bracket(record, trial, quantity)}"
    if record.lent:
        line += " " + _("(judged with our {parts} in place of yours)").format(parts=", ".join(record.lent))
        return Judgement(Verdict.FAILED, Finding(line), record.place(quantity))
    same = got.shape == wanted.shape
    where = closeness.worst_place(got, wanted) if same else None
    private = ""
    if same and where is not None:
        shown = (
            _("at {place}: got {got:.6g}, wanted {wanted:.6g}")
            if where
            else _("at its only value: got {got:.6g}, wanted {wanted:.6g}")
        )
        private = shown.format(place=list(where), got=got[where], wanted=wanted[where])
    if trial.case.public and private:
        said = _("{message}, {details}").format(message=message, details=private)
        line = f"{said} {_bracket(record, trial, quantity)}"
    if got.size > MOST_SHOWN:
        return Judgement(Verdict.FAILED, Finding(line, private), record.place(quantity))
    evidence = Evidence(
        what=_label(record, quantity),
        call=_call(record, trial, quantity),
        public=trial.case.public,
        got=got,
        wanted=wanted,
        inputs=trial.case.arrays,
        where=where,
    )
    again = _again(record, trial, quantity, wanted)
    return Judgement(Verdict.FAILED, Finding(line, private, evidence, again), record.place(quantity))


def _difference(label: str, got: Array, wanted: Array, error: float) -> str:
    scale = max(float(np.abs(wanted).max()), closeness.FLOOR)
    places = int((np.abs(got - wanted) > closeness.ROUGH * scale).sum())
    ratio = closeness.constant_ratio(got, wanted) if got.size > 1 else None
    if not got.any():
        return _("{name} is zero everywhere").format(name=label)
    if ratio is not None:
        return _("{name} is {ratio:.4g} times the right values").format(name=label, ratio=ratio)
    if got.size == 1:
        return _("{name} is wrong (relative error {error:.2g})").format(name=label, error=error)
    return _("{name} is wrong in {places} of {size} places (relative error {error:.2g})").format(
        name=label, places=places, size=got.size, error=error
    )


def _label(record: Record, quantity: Quantity) -> str:
    if quantity.name in ("forward", "value"):
        return f"{quantity.source or record.exercise.name}(...)"
    return quantity.name


def _bracket(record: Record, trial: Trial, quantity: Quantity | None) -> str:
    case = _("public case {number}") if trial.case.public else _("hidden case {number}")
    return f"[{_call(record, trial, quantity)}, {case.format(number=trial.case.number)}]"


def _again(record: Record, trial: Trial, quantity: Quantity | None, wanted: Array | None = None) -> str:
    """Lines that show a public case of the ordinary kind again."""
    plain = trial.tag == CASE or trial.tag.startswith("accepts_")
    if quantity not in record.exercise.quantities or not plain or not trial.case.public or record.lent:
        return ""
    names = {one.exercise: one.found_as for one in record.definitions if one.found_as}
    return snippet(record.exercise, trial.case, quantity, names, wanted)


def _call(record: Record, trial: Trial, quantity: Quantity | None) -> str:
    return trial.case.call or record.exercise.call(trial.case, quantity)
