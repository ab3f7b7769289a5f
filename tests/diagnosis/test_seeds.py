"""What is named does not depend on the inputs that happen to be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from grader import key
from grader.grading import Grader
from grader.model import Report
from grader.sandbox.inprocess import InProcess
from grader.validate import prove
from tests.courses import COURSE, NAMES, assignment
from tests.proofs import proof_of, shipped

OTHER_SEED = 31415926535
SOAK_SEEDS = range(1000, 1020)
EVERY = 12
"""Of the specimens, how many stand for one in the sample."""

by_assignment = pytest.mark.parametrize("name", NAMES)


def stated(report: Report) -> Mapping[str, tuple[str, ...]]:
    """The ids that a report names, by check."""
    return {
        f"{exercise.name}.{check.name}": tuple(one.id for one in check.diagnoses)
        for exercise in report.exercises
        for check in exercise.checks
        if check.diagnoses
    }


def changed(name: str, seed: int, chosen: Iterable[str]) -> list[str]:
    """The specimens of which something else is named where the hidden cases are drawn from another seed."""
    reference, sandbox = COURSE.reference(name), InProcess()
    built = key.build(assignment(name), reference, sandbox, seed)
    grader = Grader(assignment(name), reference, built, sandbox)
    # One after another: code that runs in this process bears no other beside it.
    proofs = list(prove(grader, [shipped(name)[one] for one in chosen], workers=1))
    return [
        proof.specimen.name
        for proof in proofs
        if stated(proof.report) != stated(proof_of(name, proof.specimen.name).report)
    ]


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
