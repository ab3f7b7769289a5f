"""From a check that failed to the mistakes that explain it, the first of which is the one stated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from grader.checks import Check, Record, Trial, Trouble
from grader.checks.judgement import Judgement
from grader.checks.record import CASE
from grader.checks.values import matches_reference
from grader.diagnosis import history
from grader.diagnosis.catalogue import diagnosis
from grader.diagnosis.hypotheses import Hypothesis, hypotheses
from grader.diagnosis.matching import Candidate, best, candidates, explained
from grader.diagnosis.unrun import LABEL_PROBES, compares, label_format, unrun
from grader.drivers import Quantity
from grader.model import Diagnosis, Verdict
from grader.numeric import closeness


@dataclass(frozen=True)
class Reckoner:
    """The hypotheses of a run: reckoned where they are needed first, and once."""

    _known: dict[tuple[str, ...], Sequence[Hypothesis]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, record: Record, trials: Sequence[Trial]) -> Sequence[Hypothesis]:
        """The hypotheses about these trials of an exercise."""
        key = (record.exercise.name, *(trial.case.label for trial in trials))
        with self._lock:
            if key not in self._known:
                self._known[key] = hypotheses(record.exercise, trials)
            return self._known[key]


def named(record: Record, check: Check, judgement: Judgement, reckoner: Reckoner) -> tuple[Diagnosis, ...]:
    """Several where they are equally likely, none where nothing explains what was seen."""
    if judgement.named:
        return (diagnosis(judgement.named),)
    if judgement.verdict not in (Verdict.FAILED, Verdict.CRASHED, Verdict.MISSING):
        return ()
    if not record.definition.found_as:
        return unrun(record, None, None)
    if check.name in LABEL_PROBES:
        return next(
            filter(None, (label_format(record, check.name, q) for q in record.exercise.quantities)), ()
        )
    found = _trouble(record, check, judgement)
    if found is not None:
        return unrun(record, *found)
    if check.quantity is not None:
        compared = compares(record, check.quantity)
        ids = best(_of_a_value(record, check.quantity, CASE, reckoner))
        return compared or tuple(map(diagnosis, ids))
    rule = RULES.get(check.name, _of_a_probe)
    return tuple(map(diagnosis, best(list(rule(record, check.name, reckoner)))))


def _trouble(record: Record, check: Check, judgement: Judgement) -> tuple[Quantity, Trouble] | None:
    """The first quantity that the check is about and that is no array, on a public case if there is one."""
    tag = check.name if any(trial.tag == check.name for trial in record.trials) else CASE
    if (
        tag == CASE
        and check.quantity is None
        and check.name not in ("runs", "has_interface", "has_right_shapes")
    ):
        return None
    read = [*record.exercise.quantities, *(q for extra in record.exercise.extras for q in extra.reads)]
    for trial in record.of(tag):
        for name, got in trial.got.items():
            asked = check.quantity is None or check.quantity.name == name
            if isinstance(got, Trouble) and asked and got.verdict is judgement.verdict:
                return next((q for q in read if q.name == name), Quantity(name, name)), got
    return None


def _of_a_value(record: Record, quantity: Quantity, tag: str, reckoner: Reckoner) -> list[Candidate]:
    trials = record.of(tag)
    found = candidates(record, quantity, trials, reckoner.of(record, trials))
    return [*found, *history.from_call_to_call(quantity, trials)] if tag == CASE else found


def _of_a_probe(record: Record, tag: str, reckoner: Reckoner) -> Iterator[Candidate]:
    """What explains the first quantity that is wrong in an ask of another kind, and right in the ordinary ones."""
    if all(trial.tag != tag for trial in record.trials):
        return
    for quantity in _wrong(record, tag):
        yield from _of_a_value(record, quantity, tag, reckoner)
        return


def _wrong(record: Record, tag: str) -> Iterator[Quantity]:
    trials, known = record.of(tag), {q.name: q for q in record.exercise.quantities}
    extra = next((extra for extra in record.exercise.extras if extra.name == tag), None)
    for name in (extra and extra.of) or trials[0].wanted:
        quantity = known.get(name, Quantity(name, name))
        if extra:
            right = all(_alike(trial, name) for trial in trials)
        else:
            right = matches_reference(record, quantity, tag).verdict is Verdict.PASSED
        if not right and (name not in known or matches_reference(record, quantity).verdict is Verdict.PASSED):
            yield quantity


def _alike(trial: Trial, name: str) -> bool:
    got, wanted = trial.got[name], trial.wanted[name]
    return (
        isinstance(got, np.ndarray)
        and got.shape == wanted.shape
        and closeness.error(got.astype(np.float64), wanted) <= closeness.ROUGH
    )


def _second_call(record: Record, tag: str, reckoner: Reckoner) -> Iterator[Candidate]:
    yield from _changed_arguments(record)
    for quantity in _wrong(record, tag):
        trials = record.of(tag)
        yield from history.on_one_instance(record, quantity, trials)
        if record.exercise.derivation is None:
            # What was reckoned before and kept, where the derivation itself was not.
            yield from explained(record, quantity, trials, reckoner.of(record, trials))
        return


def _changed_arguments(record: Record) -> Iterator[Candidate]:
    """What spoils later calls where a caller's arrays are written into."""
    seen = [trial for trial in record.trials if trial.tag == "leaves_arguments_alone"]
    if any(_written(trial, name) for trial in seen for name in record.exercise.given):
        yield Candidate("writes-into-argument", 0.5)


def _written(trial: Trial, name: str) -> bool:
    after = trial.got[name]
    return isinstance(after, np.ndarray) and not np.array_equal(trial.case.arrays[name], after)


def _again(record: Record, tag: str, _reckoner: Reckoner) -> Iterator[Candidate]:
    yield from _changed_arguments(record)
    yield from history.backward_again(record, record.of(tag))


def _of_shapes(record: Record, _tag: str, reckoner: Reckoner) -> Iterator[Candidate]:
    for quantity in record.exercise.quantities:
        if any(_shaped_otherwise(trial, quantity.name) for trial in record.of(CASE)):
            yield from _of_a_value(record, quantity, CASE, reckoner)
            return


def _shaped_otherwise(trial: Trial, name: str) -> bool:
    got = trial.got[name]
    return isinstance(got, np.ndarray) and got.shape != trial.wanted[name].shape


def _always(id: str) -> Rule:
    """The one mistake that a check is about."""

    def rule(_record: Record, _tag: str, _reckoner: Reckoner) -> Iterator[Candidate]:
        yield Candidate(id, 1.0)

    return rule


def _nothing(_record: Record, _tag: str, _reckoner: Reckoner) -> Iterator[Candidate]:
    yield from ()


SECOND_CALL = "second_forward_matches_reference"

Rule = Callable[[Record, str, Reckoner], Iterator[Candidate]]

RULES: Mapping[str, Rule] = {
    "is_defined": _nothing,
    "has_interface": _nothing,
    "runs": _nothing,
    "is_finite": _nothing,
    "has_right_shapes": _of_shapes,
    SECOND_CALL: _second_call,
    "backward_twice_agrees": _again,
    "stays_finite_for_large_inputs": _always("overflow"),
    "leaves_arguments_alone": _always("writes-into-argument"),
    "leaves_dout_alone": _always("writes-into-argument"),
}
