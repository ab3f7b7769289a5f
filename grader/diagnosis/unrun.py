"""What kept code from running, or from giving an array, by its name: from texts and exceptions, without arrays.

All of this rests on what the box says of the submission. It names mistakes; it gives and takes no points.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from grader.box.nearest import nearest
from grader.box.program import Clue, Definition, Raised
from grader.checks.record import CASE, Record, Trial
from grader.checks.seen import Trouble
from grader.diagnosis.catalogue import diagnosis
from grader.diagnosis.unread import unread
from grader.drivers import Quantity
from grader.model import Diagnosis, Verdict
from grader.numeric import closeness
from grader.numeric.differences import EPS_TOLERANCE

LABEL_PROBES = ("accepts_integer_labels", "accepts_column_labels")
"""The checks that ask for another format of labels than the ordinary cases have."""

_ARITY = re.compile(
    r"(\w+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) (?:was|were) given"
)
_REFUSAL = re.compile(r"(?:\w+\(\) takes no arguments|(\w+)\.__init__\(\) takes .* given)$")
_ROWS = re.compile(r"with shapes (?:\((\d+),\d+\) \((\d+),\)|\((\d+),\) \((\d+),\d+\))")
_NO_METHOD = re.compile(r'is missing the required "(\w+)" function')
_INITS = frozenset({"init", "int", "inti", "iint", "initt", "innit"})


@dataclass(frozen=True)
class _Scene:
    """All that is known of a quantity that is no array."""

    record: Record
    quantity: Quantity
    trouble: Trouble
    trial: Trial | None

    @property
    def raised(self) -> Raised:
        return self.trouble.raised or Raised("", "")

    @property
    def clue(self) -> Clue:
        return self.raised.clue

    @property
    def definition(self) -> Definition:
        return self.record.source(self.quantity)[0]


def unrun(record: Record, quantity: Quantity | None, trouble: Trouble | None) -> tuple[Diagnosis, ...]:
    """The mistake behind a quantity that is no array; without `trouble` behind an exercise that was not found.

    Empty where the evidence does not single out one. Of a hidden case no word of the submission's is told, of a record
    with lent parts nothing at all.
    """
    if record.lent:
        return ()
    failure = record.source(quantity)[0].failure
    if failure is not None and (trouble is None or trouble.verdict is Verdict.MISSING):
        return _one(unread(failure))
    if trouble is None or quantity is None:
        return ()
    trial = next((one for one in record.trials if any(trouble is got for got in one.got.values())), None)
    scene = _Scene(record, quantity, trouble, trial)
    found = next((named for rule in _RULES if (named := rule(scene)) is not None), None)
    public = trial is None or trial.case.public
    return _one(found) if public or (found and found.id != "misspelt-name") else ()


def compares(record: Record, quantity: Quantity) -> tuple[Diagnosis, ...]:
    """compared-not-assigned, where the code that gives the quantity compares in a statement of its own.

    Such a statement does nothing, so that it is to be named before anything else where the quantity is wrong.
    """
    return () if record.lent else _one(_dead_comparison(record, quantity))


def label_format(record: Record, tag: str, quantity: Quantity) -> tuple[Diagnosis, ...]:
    """label-format, where the quantity is right in all ordinary cases and not in the probe `tag` of LABEL_PROBES."""
    asked = tag in LABEL_PROBES and any(trial.tag == tag for trial in record.trials)
    if record.lent or not asked or _right(record, tag, quantity) or not _right(record, CASE, quantity):
        return ()
    return (diagnosis("label-format"),)


def _one(found: Diagnosis | None) -> tuple[Diagnosis, ...]:
    return () if found is None else (found,)


def _compared(scene: _Scene) -> Diagnosis | None:
    if scene.trouble.nothing or scene.trouble.lacking:
        return _dead_comparison(scene.record, scene.quantity)
    names = {mark.rpartition("== ")[2] for mark in scene.definition.places if "== " in mark}
    found = scene.clue.missing in names
    return diagnosis("compared-not-assigned") if found else None


def _dead_comparison(record: Record, quantity: Quantity) -> Diagnosis | None:
    definition, prefix = record.source(quantity)
    found = any(mark.startswith(f"{prefix}== ") for mark in definition.places)
    return diagnosis("compared-not-assigned") if found else None


def _without_self(scene: _Scene) -> Diagnosis | None:
    if scene.raised.type == "NameError" and scene.clue.missing == "self":
        return diagnosis("missing-self")
    match = _ARITY.search(scene.raised.message) if scene.raised.type == "TypeError" else None
    if match is None or int(match[3]) != int(match[2]) + 1:
        return None
    return diagnosis("missing-self") if f"{match[1]} no self" in scene.definition.places else None


def _misspelt_init(scene: _Scene) -> Diagnosis | None:
    places = scene.definition.places
    meant = [
        name for name in places if name.strip("_") in _INITS and name.startswith("_") and name != "__init__"
    ]
    if len(meant) != 1:
        return None
    # Where a class has no constructor of its own, what refuses the arguments is object's or its base's.
    refusal = _REFUSAL.match(scene.raised.message) if scene.raised.type == "TypeError" else None
    refused = refusal is not None and refusal[1] != scene.definition.found_as
    unset = scene.raised.type == "AttributeError" and f"{meant[0]} self.{scene.clue.missing}" in places
    return diagnosis("misspelt-name", name=meant[0], nearest="__init__") if refused or unset else None


def _prose(scene: _Scene) -> Diagnosis | None:
    return diagnosis("comment-without-hash") if scene.clue.alone else None


def _misspelt(scene: _Scene) -> Diagnosis | None:
    name, near = scene.clue.missing, scene.clue.nearest
    if match := _NO_METHOD.search(scene.raised.message):
        methods = [mark for mark in scene.definition.places if mark and " " not in mark]
        name, near = match[1], nearest(match[1], methods)
    if not near or scene.trouble.lacking:
        return None
    # What the judge asked for by its right name is misspelt where the student defines it.
    asked = scene.raised.place is None
    return diagnosis("misspelt-name", name=near if asked else name, nearest=name if asked else near)


def _labels(scene: _Scene) -> Diagnosis | None:
    if scene.raised.type not in ("IndexError", "ValueError", "TypeError") or scene.trial is None:
        return None
    other = CASE if scene.trial.tag in LABEL_PROBES else LABEL_PROBES[0] if scene.trial.tag == CASE else ""
    known = bool(scene.record.exercise.labels) and _right(scene.record, other, scene.quantity)
    return diagnosis("label-format") if known or _numbers_as_rows(scene) else None


def _numbers_as_rows(scene: _Scene) -> bool:
    """Whether labels that are numbers met a matrix with a row for each of them, as if they were one-hot rows."""
    arrays = scene.trial.case.arrays.values() if scene.trial else ()
    labels = [array.shape for array in arrays if array.dtype.kind in "iu" and array.ndim == 1]
    match = _ROWS.search(scene.raised.message)
    if match is None:
        return False
    rows, number = (match[1], match[2]) if match[1] else (match[4], match[3])
    met = any(one.kind in "iu" and one.shape == (int(number),) in labels for one in scene.clue.operands)
    return met and rows == number


def _right(record: Record, tag: str, quantity: Quantity) -> bool:
    """Whether there are trials of this kind, and the quantity has the right values in all of them."""
    trials = [trial for trial in record.trials if trial.tag == tag and quantity.name in trial.got]
    for trial in trials:
        got, wanted = trial.got[quantity.name], trial.wanted[quantity.name]
        if isinstance(got, Trouble) or got.shape != wanted.shape:
            return False
        if closeness.error(got.astype(wanted.dtype), wanted) > EPS_TOLERANCE:
            return False
    return bool(trials)


def _transposed(scene: _Scene) -> Diagnosis | None:
    if scene.raised.type != "ValueError" or len(scene.clue.operands) < 2:
        return None
    left, right = (operand.shape for operand in scene.clue.operands)
    # Arrays of one shape may be meant to be multiplied element by element.
    if left == right or len(right) != 2 or len(left) > 2:
        return None
    reversed_ = left == right[::-1]
    fits = left[-1] == right[1] or (len(left) == 2 and left[0] == right[0])
    return diagnosis("transposed") if (fits if scene.clue.product else reversed_) else None


def _without_gradient(scene: _Scene) -> Diagnosis | None:
    asked = (
        scene.raised.place is None and scene.raised.type == "AttributeError" and scene.clue.missing == "grad"
    )
    cut = scene.raised.type == "RuntimeError" and "does not require grad" in scene.raised.message
    return diagnosis("gradient-missing") if asked or cut or _lacks_gradient(scene) else None


def _lacks_gradient(scene: _Scene) -> bool:
    """Whether a gradient is not among the results. An array in place of all must be another one of them."""
    quantity, trouble = scene.quantity, scene.trouble
    if not trouble.lacking or not (quantity.of or quantity.name.startswith("d")):
        return False
    if trouble.shape is None or not quantity.path or scene.trial is None:
        return True
    same = [one.name for one in scene.record.exercise.quantities if one.step == quantity.step]
    return any(scene.trial.wanted[name].shape == trouble.shape for name in same)


def _without_result(scene: _Scene) -> Diagnosis | None:
    return diagnosis("returns-nothing") if scene.trouble.nothing else None


_RULES: tuple[Callable[[_Scene], Diagnosis | None], ...] = (
    _compared,
    _without_self,
    _misspelt_init,
    _prose,
    _misspelt,
    _labels,
    _transposed,
    _without_gradient,
    _without_result,
)
