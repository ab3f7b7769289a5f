"""A mistake is named where it reproduces what was seen, and nothing is named where none does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.assignment import Mistake
from grader.checks import Record, Trial, battery
from grader.checks.record import CASE
from grader.diagnosis import Reckoner, named
from grader.diagnosis.hypotheses import Hypothesis, hypotheses
from grader.diagnosis.matching import Candidate, best, candidates, met, same
from grader.model import Array, Verdict
from grader.numeric import closeness
from tests.courses import NAMES, assignment
from tests.diagnosis.squares import having_seen, record_of, shipped_record, square, square_trials

DERIVED: list[tuple[str, str]] = [
    (name, exercise.name) for name in NAMES for exercise in assignment(name).exercises if exercise.derivation
]
every_derivation = pytest.mark.parametrize(("name", "exercise"), DERIVED)
RECKONER = Reckoner()
Where: TypeAlias = tuple[str, str]


@cache
def record(name: str, exercise: str) -> Record:
    return shipped_record(name, exercise)


@cache
def known(name: str, exercise: str) -> Sequence[Hypothesis]:
    own = record(name, exercise)
    return hypotheses(own.exercise, own.of(CASE))


@cache
def made(name: str, exercise: str) -> Sequence[Hypothesis]:
    """The hypotheses that predict something without a constant."""
    return [one for one in known(name, exercise) if predicted(one, record(name, exercise).of(CASE))]


def predicted(hypothesis: Hypothesis, trials: Sequence[Trial]) -> list[dict[str, Array]]:
    """What would be seen of somebody who makes the mistake; nothing where that is not known."""
    seen = []
    for number, trial in enumerate(trials):
        arrays = dict(trial.wanted)
        for name in hypothesis.reaches:
            one = hypothesis.at(name, number)
            if one is None or one.slopes:
                return []
            arrays[name] = one.base
        seen.append(arrays)
    return seen


def explained(
    own: Record, seen: Sequence[Mapping[str, Array]], name: str, tried: Sequence[Hypothesis] | None = None
) -> list[Candidate]:
    """All that explains a quantity of a record in which this was seen."""
    tried = hypotheses(own.exercise, own.of(CASE)) if tried is None else tried
    student = having_seen(own, seen)
    (quantity,) = (one for one in own.exercise.quantities if one.name == name)
    return candidates(student, quantity, student.of(CASE), tried)


def is_right(seen: Sequence[Mapping[str, Array]], own: Record, name: str) -> bool:
    return same([one[name] for one in seen], [one.wanted[name] for one in own.of(CASE)], closeness.ROUGH)


@st.composite
def mistakes(draw: st.DrawFn) -> tuple[Where, Hypothesis, str]:
    """A hypothesis of a shipped exercise and a quantity that it makes wrong."""
    where = draw(st.sampled_from(DERIVED))
    assume(made(*where))
    one = draw(st.sampled_from(made(*where)))
    own = record(*where)
    wrong = [name for name in sorted(one.reaches) if not is_right(predicted(one, own.of(CASE)), own, name)]
    assume(wrong)
    return where, one, draw(st.sampled_from(wrong))


@settings(max_examples=20)
@given(mistakes())
def test_what_a_mistake_leads_to_is_named_by_it_or_by_a_likelier_one(
    drawn: tuple[Where, Hypothesis, str],
) -> None:
    where, one, name = drawn
    own = record(*where)
    seen = predicted(one, own.of(CASE))
    found = explained(own, seen, name, known(*where))
    assert Candidate(one.id, one.cost) in found
    least = min(candidate.cost for candidate in found)
    assert least <= one.cost
    assert best(found) == tuple(dict.fromkeys(each.id for each in found if each.cost == least))


@settings(max_examples=20)
@given(mistakes())
def test_a_mistake_made_with_32_bits_is_explained_as_well(drawn: tuple[Where, Hypothesis, str]) -> None:
    where, one, name = drawn
    own = record(*where)
    seen = [
        {key: array.astype(np.float32) for key, array in arrays.items()}
        for arrays in predicted(one, own.of(CASE))
    ]
    assert one.id in {candidate.id for candidate in explained(own, seen, name, known(*where))}


@every_derivation
def test_random_numbers_are_named_nothing(name: str, exercise: str) -> None:
    own, rng = record(name, exercise), np.random.default_rng(11)
    seen = [
        {one: np.asarray(rng.normal(size=array.shape)) for one, array in trial.wanted.items()}
        for trial in own.of(CASE)
    ]
    tried = known(name, exercise)
    assert [one for q in own.exercise.quantities for one in explained(own, seen, q.name, tried)] == []


@every_derivation
def test_what_is_right_is_named_nothing(name: str, exercise: str) -> None:
    own = record(name, exercise)
    right = having_seen(own, [trial.wanted for trial in own.of(CASE)])
    asked = [check for check in battery(own.exercise) if check.quantity is not None]
    assert asked
    for check in asked:
        judgement = check.judge(right)
        if check.name.endswith("_matches_reference"):
            assert judgement.verdict is Verdict.PASSED
            assert named(right, check, judgement, RECKONER) == ()


FREE = Mistake("constant-for-variable", {"forward": "c * x + k"})


@given(st.floats(-50, 50), st.floats(-50, 50))
def test_constants_that_a_student_typed_are_found(c: float, k: float) -> None:
    assume(abs(c) > 1e-3 and abs(k) > 1e-3)
    own = record_of(square(FREE), square_trials())
    seen = [{**t.wanted, "forward": c * t.case.arrays["x"] + k} for t in own.of(CASE)]
    assert "constant-for-variable" in {one.id for one in explained(own, seen, "forward")}
    # In one case another constant: then it is none.
    seen[0]["forward"] = seen[0]["forward"] + 0.5 * own.of(CASE)[0].case.arrays["x"]
    assert explained(own, seen, "forward") == []


@pytest.mark.parametrize(
    ("fraction", "named"), [(0.01, True), (0.2, True), (0.999, True), (1.0, False), (1.5, False)]
)
def test_a_slope_is_leaky_between_none_and_the_whole(fraction: float, named: bool) -> None:
    own = record("layers", "Relu")
    trials = own.of(CASE)
    # As it comes out with rounding.
    forward = [
        np.where(t.case.arrays["x"] > 0, 1.0, fraction * (1 - 1e-13)) * t.case.arrays["x"] for t in trials
    ]
    (leaky,) = (
        one
        for one in hypotheses(own.exercise, trials)
        if one.id == "leaky-slope" and "forward" in one.reaches
    )
    assert met(forward, leaky, "forward", 1e-6) is named


def test_the_likeliest_is_stated_and_ties_are_shown() -> None:
    found = [
        Candidate("scaled", 2),
        Candidate("transposed", 1),
        Candidate("swapped", 1),
        Candidate("swapped", 1),
    ]
    assert best(found) == ("transposed", "swapped")
    assert best([]) == ()


def test_a_mistake_that_another_result_contradicts_is_less_likely() -> None:
    both = Mistake("other-slope", {"forward": "3 * x", "dx": "dout * 3"})
    own = record_of(square(both), square_trials())
    seen = [{**t.wanted, "dx": 3 * t.case.arrays["dout"]} for t in own.of(CASE)]
    assert explained(own, seen, "dx")[0] == Candidate("other-slope", 1.9)
    everywhere = record_of(square(Mistake(both.id, both.formulas, everywhere=True)), square_trials())
    assert "other-slope" not in {one.id for one in explained(everywhere, seen, "dx")}


@pytest.mark.parametrize("spoilt", [np.nan, np.inf, None])
def test_what_is_no_array_of_numbers_is_not_explained(spoilt: float | None) -> None:
    own = record_of(square(), square_trials())
    seen = [dict(trial.wanted) for trial in own.of(CASE)]
    if spoilt is None:
        del seen[1]["dx"]
    else:
        seen[1]["dx"] = seen[1]["dx"] * spoilt
    assert explained(own, seen, "dx") == []
