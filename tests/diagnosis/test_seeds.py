"""What is named does not depend on the inputs that happen to be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

import pytest

from grader import key
from grader.grading import Grader
from grader.model import Report
from grader.sandbox.inprocess import InProcess
from grader.validate import Specimen, prove
from tests.courses import COURSE, NAMES, assignment
from tests.proofs import proof_of, shipped

OTHER_SEED = 31415926535
SOAK_SEEDS = range(1000, 1020)
EVERY = 12
"""Of the specimens, how many stand for one in the sample."""

by_assignment = pytest.mark.parametrize("name", NAMES)


def stated(report: Report, names: Set[str]) -> Mapping[str, tuple[str, ...]]:
    """The ids that a report names of these exercises, by check."""
    return {
        f"{exercise.name}.{check.name}": tuple(one.id for one in check.diagnoses)
        for exercise in report.exercises
        for check in exercise.checks
        if check.diagnoses and exercise.name in names
    }


def touched(name: str, specimen: Specimen) -> frozenset[str]:
    """The exercises that a specimen breaks, what uses these, and all parts of them; every one where it breaks none.

    The rest of a mutant is the reference's code, which is a specimen of its own.
    """
    whole = assignment(name)
    broken = {expectation.exercise for expectation in specimen.expectations} or set(whole.by_name)
    parts = {one.name: {one.name, *(part.name for part in whole.parts(one))} for one in whole.exercises}
    return frozenset[str]().union(*(own for own in parts.values() if own & broken))


def changed(name: str, seed: int, chosen: Iterable[str]) -> list[str]:
    """The specimens of which something else is named where the hidden cases are drawn from another seed."""
    whole, reference, sandbox = assignment(name), COURSE.reference(name), InProcess()
    built = key.build(whole, reference, sandbox, seed)
    alike: dict[frozenset[str], list[Specimen]] = {}
    for one in chosen:
        alike.setdefault(touched(name, shipped(name)[one]), []).append(shipped(name)[one])
    found = []
    for names, some in alike.items():
        few = replace(whole, exercises=[one for one in whole.exercises if one.name in names])
        # One after another: code that runs in this process bears no other beside it.
        for proof in list(prove(Grader(few, reference, built, sandbox), some, workers=1)):
            before = proof_of(name, proof.specimen.name).report
            if stated(proof.report, names) != stated(before, names):
                found.append(proof.specimen.name)
    return found


@pytest.mark.proof
@by_assignment
def test_another_seed_changes_no_diagnosis_of_a_sample(name: str) -> None:
    sample = list(shipped(name))[::EVERY]
    assert len(sample) > 1
    assert changed(name, OTHER_SEED, sample) == []


@pytest.mark.soak
@by_assignment
@pytest.mark.parametrize("seed", SOAK_SEEDS)
def test_no_seed_changes_a_diagnosis(name: str, seed: int) -> None:
    assert changed(name, seed, shipped(name)) == []
