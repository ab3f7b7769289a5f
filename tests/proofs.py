"""Every specimen of every assignment, graded once for all tests that look at what came of it.

With several processes the tests of a module stay in one (`--dist loadfile`), so that it is still once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from grader.validate import Proof, Specimen, prove, specimens
from tests.courses import COURSE, assignment, course_grader


@cache
def shipped(name: str) -> Mapping[str, Specimen]:
    """The specimens of an assignment, by their names."""
    found = specimens(assignment(name), COURSE.reference(name), COURSE.folder(name))
    return {specimen.name: specimen for specimen in found}


@cache
def proof_of(name: str, specimen: str) -> Proof:
    """A specimen of an assignment, graded."""
    (proof,) = prove(course_grader(name), [shipped(name)[specimen]], workers=1)
    return proof
