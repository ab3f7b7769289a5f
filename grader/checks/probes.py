"""The probes: other formats, odd inputs, a second call. What is drawn, what is done, what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from grader import draw
from grader.box.program import Step
from grader.checks.judgement import PASSED, Judgement, compared, failed, skipped, troubled, worst
from grader.checks.probe import Arrays, Cases, Probe, Program, always
from grader.checks.record import AFTER, AGAIN, Record, Trial
from grader.checks.seen import Trouble
from grader.checks.values import all_match, matches_reference
from grader.drivers import Exercise, Extra, Layer, Loss, Quantity
from grader.language import N_, Text, _
from grader.model import Array, Verdict


def probes_of(exercise: Exercise) -> Iterator[Probe]:
    """The probes that an exercise has: its author's own, and those of the battery that apply."""
    yield from (_own(extra) for extra in exercise.extras)
    yield from (probe for probe in PROBES if probe.applies(exercise))


def _own(extra: Extra) -> Probe:
    def arrays(cases: Cases) -> dict[str, Array]:
        sizes = draw.sizes_of(list(extra.inputs.values()))[0]
        return cases.fresh(extra.name, 0, sizes, extra.inputs)

    def judge(record: Record, tag: str) -> Judgement:
        return worst([_judged(record, trial, extra) for trial in record.of(tag)])

    def steps(exercise: Exercise, arrays: Arrays) -> Program:
        return extra.steps(exercise.arguments(arrays)), extra.reads

    return Probe(extra.name, extra.title, judge, arrays, always, steps, scored=True, call=extra.name)


def _judged(record: Record, trial: Trial, extra: Extra) -> Judgement:
    seen: dict[str, Array] = {}
    for quantity in extra.reads:
        got = trial.got[quantity.name]
        if isinstance(got, Trouble):
            return troubled(record, trial, quantity, got)
        seen[quantity.name] = got
    if extra.judge is None:
        return _equal(record, trial, extra, seen)
    wrong = extra.judge(trial.case.arrays, seen)
    message, id = (wrong, "") if isinstance(wrong, Text) else wrong
    return replace(failed(record, trial, extra.reads[0], _(message)), named=id) if message else PASSED


def _has_instance(exercise: Exercise) -> bool:
    return bool(exercise.methods)


def _has_labels(exercise: Exercise) -> bool:
    return bool(exercise.labels)


def _flattens(exercise: Exercise) -> bool:
    return bool(exercise.flattens)


def _is_layer(exercise: Exercise) -> bool:
    return isinstance(exercise, Layer)


def _is_loss(exercise: Exercise) -> bool:
    return isinstance(exercise, Loss)


def _has_large(exercise: Exercise) -> bool:
    return bool(exercise.large)


def _has_batch(exercise: Exercise) -> bool:
    return exercise.batch is not None


def _takes_dout(exercise: Exercise) -> bool:
    return exercise.seed_gradient


def _first(cases: Cases) -> dict[str, Array]:
    return cases.ordinary(0)


def _twice_drawn(cases: Cases) -> dict[str, Array]:
    """The first case and other inputs of the same sizes."""
    more = cases.fresh(AGAIN, 0, cases.tables[0], cases.exercise.inputs)
    return {**_first(cases), **{name + AGAIN: array for name, array in more.items()}}


def _numbered(cases: Cases) -> dict[str, Array]:
    name, arrays = cases.exercise.labels, _first(cases)
    return {**arrays, name: arrays[name].argmax(axis=-1)}


def _numbered_in_a_column(cases: Cases) -> dict[str, Array]:
    arrays = _numbered(cases)
    return {**arrays, cases.exercise.labels: arrays[cases.exercise.labels][:, None]}


def _higher_rank(cases: Cases) -> dict[str, Array]:
    """The flattened axis is 2 x 4, and all five sizes are different."""
    name = cases.exercise.flattens
    sizes = {**cases.tables[-1], cases.exercise.inputs[name].axes[1]: 8}
    arrays = cases.fresh("rank", 0, sizes)
    return {**arrays, name: arrays[name].reshape(len(arrays[name]), 2, 4)}


def _large(cases: Cases) -> dict[str, Array]:
    exercise = cases.exercise
    ordinary = {name: one for name, one in exercise.draws.items() if name not in exercise.large}
    return cases.fresh("large", 0, cases.tables[0], {**exercise.large, **ordinary})


def _one_sample(cases: Cases) -> dict[str, Array]:
    """A batch of one; for plain functions the sample alone."""
    exercise = cases.exercise
    batch = exercise.batch
    if batch is None:
        raise ValueError("no batch axis")
    arrays = cases.fresh("one", 0, {**cases.tables[0], batch: 1})
    if not exercise.takes_sample:
        return arrays
    return {name: array[0] if batch in exercise.draws[name].axes else array for name, array in arrays.items()}


def _held(exercise: Exercise, arrays: Arrays) -> Program:
    """Every argument is kept by name, and looked at again when all is done."""
    args = exercise.arguments(arrays)
    holds = tuple(Step("held " + name, args[name], wanted=False) for name in arrays)
    held = {name: ["slot", "held " + name] for name in arrays}
    looks = tuple(Step(name + AFTER, held[name]) for name in arrays)
    reads = tuple(Quantity(name, name + AFTER) for name in arrays)
    return (*holds, *exercise.steps(held), *looks), reads


def _backward_again(exercise: Exercise, arrays: Arrays) -> Program:
    args = exercise.arguments(arrays)
    if not isinstance(exercise, Layer):
        raise TypeError(f"{exercise.name} is no layer")
    second = tuple(replace(step, name=step.name + AGAIN) for step in exercise.backward_steps(args))
    reads = tuple(replace(q, name=q.name + AGAIN, step=q.step + AGAIN) for q in exercise.gradients)
    return (*exercise.steps(args), *second), (*exercise.gradients, *reads)


def _all_again(exercise: Exercise, arrays: Arrays) -> Program:
    """Forward and backward, and once more with the other inputs on the same instance."""
    args = exercise.arguments(arrays)
    first = tuple(replace(s, name="first " + s.name, wanted=False) for s in exercise.steps(args)[1:])
    later = {**args, **{name: args[name + AGAIN] for name in [*exercise.inputs, "dout"]}}
    made, *again = exercise.steps(later)
    return (made, *first, *again), exercise.quantities


def backward_twice_agrees(record: Record, tag: str) -> Judgement:
    """backward changes nothing that backward needs."""
    judgements = []
    for trial in record.of(tag):
        for quantity in record.exercise.gradients:
            first = trial.got[quantity.name]
            if isinstance(first, Trouble):
                judgements.append(troubled(record, trial, quantity, first))
                continue
            second = replace(trial, got={quantity.name: trial.got[quantity.name + AGAIN]})
            judgements.append(compared(record, second, quantity, first))
    return worst(judgements)


def stays_finite(record: Record, tag: str) -> Judgement:
    """Neither an error nor a NaN nor an infinity."""
    for trial in record.of(tag):
        for quantity in record.exercise.quantities:
            got = trial.got[quantity.name]
            if isinstance(got, Trouble):
                return troubled(record, trial, quantity, got)
            if not np.isfinite(got).all():
                message = _("{name} is not finite for large inputs").format(name=quantity.name)
                return failed(record, trial, quantity, message)
    return PASSED


def leaves_arguments_alone(record: Record, tag: str) -> Judgement:
    """What was handed in is unchanged afterwards."""
    return worst(_left_alone(record, tag, name) for name in record.exercise.given)


def leaves_dout_alone(record: Record, tag: str) -> Judgement:
    """dout is unchanged after backward: other layers may still need it."""
    return _left_alone(record, tag, "dout")


def _left_alone(record: Record, tag: str, name: str) -> Judgement:
    places = [one.where for one in record.exercise.quantities if bool(one.of) == (name == "dout")]
    quantity = Quantity(name, name + AFTER, where=places[0])
    for trial in record.of(tag):
        before, after = trial.case.arrays[name], trial.got[name]
        if isinstance(after, Trouble):
            return troubled(record, trial, quantity, after)
        if not np.array_equal(before, after):
            return failed(record, trial, quantity, _("{name} was written into").format(name=name))
    return PASSED


def _wrong_already(record: Record, quantity: Quantity) -> bool:
    """Whether a quantity of the exercise is wrong in the ordinary cases: one mistake costs once."""
    known = [one for one in record.exercise.quantities if one.name == quantity.name]
    return bool(known) and matches_reference(record, known[0]).verdict is not Verdict.PASSED


def _equal(record: Record, trial: Trial, extra: Extra, seen: Arrays) -> Judgement:
    asked = [quantity for quantity in extra.reads if not extra.of or quantity.name in extra.of]
    judged = [quantity for quantity in asked if not _wrong_already(record, quantity)]
    if not judged:
        return skipped(_("not right yet: {names}").format(names=", ".join(q.name for q in asked)))
    plain = worst(compared(record, trial, q, trial.wanted[q.name]) for q in judged)
    if plain.verdict is not Verdict.PASSED and extra.partly:
        return skipped(
            _("the values are not the usual ones; other right ones are known to your instructor only")
        )
    if plain.verdict is Verdict.PASSED or extra.other is None:
        return plain
    found = extra.other(trial.case.arrays, trial.wanted, seen, record.forms)
    if found is None:
        return plain
    right, note = found
    other = worst(compared(record, trial, q, right[q.name]) for q in judged)
    return replace(other, note=_(note)) if other.verdict is Verdict.PASSED else plain


PROBES = (
    Probe(
        "second_forward_matches_reference",
        N_("A second forward and backward on the same instance give the right values"),
        all_match,
        _twice_drawn,
        _has_instance,
        _all_again,
        scored=True,
    ),
    Probe(
        "accepts_integer_labels",
        N_("Labels may be numbers as well"),
        all_match,
        _numbered,
        _has_labels,
        scored=True,
    ),
    Probe(
        "accepts_higher_rank",
        N_("The input may have more than two axes"),
        all_match,
        _higher_rank,
        _flattens,
        scored=True,
    ),
    Probe("accepts_one_sample", N_("A single sample works as well"), all_match, _one_sample, _has_batch),
    Probe(
        "backward_twice_agrees",
        N_("backward gives the same when called twice"),
        backward_twice_agrees,
        _first,
        _is_layer,
        _backward_again,
    ),
    Probe(
        "stays_finite_for_large_inputs",
        N_("Results stay finite for large inputs"),
        stays_finite,
        _large,
        _has_large,
    ),
    Probe(
        "leaves_arguments_alone",
        N_("The arguments are left as they were"),
        leaves_arguments_alone,
        _first,
        always,
        _held,
    ),
    Probe(
        "leaves_dout_alone",
        N_("dout is left as it was"),
        leaves_dout_alone,
        _first,
        _takes_dout,
        _held,
        advice=True,
    ),
    Probe(
        "uses_dout",
        N_("backward multiplies by dout"),
        all_match,
        _first,
        _is_loss,
        advice=True,
        upstream=True,
    ),
    Probe(
        "accepts_column_labels",
        N_("Labels may stand in a column"),
        all_match,
        _numbered_in_a_column,
        _has_labels,
        advice=True,
        like="accepts_integer_labels",
    ),
)
