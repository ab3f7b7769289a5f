"""The question that points lie on: are the values right?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from grader.checks.judgement import Judgement, compared, skipped, worst
from grader.checks.record import AGAIN, CASE, Record
from grader.drivers import Quantity
from grader.language import _
from grader.model import Array, Verdict


def matches_reference(record: Record, quantity: Quantity, tag: str = CASE) -> Judgement:
    """The quantity equals the reference's in every case, in any of its right forms."""
    key = quantity, tag
    if key not in record.matches:
        record.matches[key] = _matched(record, quantity, tag)
    found: Judgement = record.matches[key]
    return found


def _matched(record: Record, quantity: Quantity, tag: str) -> Judgement:
    trials = record.of(tag)
    plain = worst(compared(record, trial, quantity, trial.wanted[quantity.name]) for trial in trials)
    if plain.verdict is Verdict.PASSED:
        return plain
    for form in record.forms:
        rights = [form.values(judged_arguments(trial.case.arrays)) for trial in trials]
        judgements = [
            compared(record, trial, quantity, right[quantity.name])
            for trial, right in zip(trials, rights, strict=True)
            if quantity.name in right
        ]
        if judgements and all(judgement.verdict is Verdict.PASSED for judgement in judgements):
            return replace(judgements[0], note=_(form.note))
    for erratum in record.errata:
        if plain.finding and quantity.name in erratum.values(trials[0].case.arrays):
            message = f"{_(erratum.note)} {plain.finding.message}"
            return replace(plain, finding=replace(plain.finding, message=message))
    return plain


def judged_arguments(arrays: Mapping[str, Array]) -> Mapping[str, Array]:
    """The arguments of the call whose results are judged: of two in a row, the second."""
    return {name: arrays.get(name + AGAIN, array) for name, array in arrays.items()}


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
