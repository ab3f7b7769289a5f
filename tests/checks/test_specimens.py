"""Every shipped mutant is caught by the check that it names, every right variant earns everything."""

from __future__ import annotations

import pytest

from grader import course
from grader.validate import Specimen, prove, specimens
from tests.layers import ROOT, layers


def _all() -> list[Specimen]:
    grader = layers()
    return specimens(grader.assignment, grader.reference, course.find(ROOT).folder("layers"))


@pytest.mark.parametrize("specimen", _all(), ids=lambda specimen: specimen.name)
def test_a_specimen_comes_out_as_it_says(specimen: Specimen) -> None:
    (proof,) = prove(layers(), [specimen], workers=1)
    assert proof.complaints == ()
