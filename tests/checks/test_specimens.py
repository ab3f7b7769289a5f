"""Every shipped mutant is caught by the check that it names, every right variant earns everything."""

from __future__ import annotations

import pytest

from grader.validate import Specimen, prove, specimens
from tests.courses import COURSE, NAMES, assignment, course_grader

# Hundreds of submissions: run on their own, where nothing counts their lines.
pytestmark = pytest.mark.proof


@pytest.mark.parametrize(
    ("name", "specimen"),
    [
        pytest.param(name, specimen, id=f"{name}/{specimen.name}")
        for name in NAMES
        for specimen in specimens(assignment(name), COURSE.reference(name), COURSE.folder(name))
    ],
)
def test_a_specimen_comes_out_as_it_says(name: str, specimen: Specimen) -> None:
    (proof,) = prove(course_grader(name), [specimen], workers=1)
    assert proof.complaints == ()
