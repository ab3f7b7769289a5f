"""Every shipped mutant is caught by the check that it names, every right variant earns everything."""

from __future__ import annotations

import pytest

from grader.confusion import confusion
from tests.courses import NAMES
from tests.proofs import proof_of, shipped

# Hundreds of submissions: run on their own, where nothing counts their lines.
pytestmark = pytest.mark.proof

ENOUGH = 0.95
"""The share of mistakes that have to be named, and of mistakes without a name that have to be left without one."""


@pytest.mark.parametrize(
    ("name", "specimen"),
    [pytest.param(name, specimen, id=f"{name}/{specimen}") for name in NAMES for specimen in shipped(name)],
)
def test_a_specimen_comes_out_as_it_says(name: str, specimen: str) -> None:
    assert proof_of(name, specimen).complaints == ()


@pytest.mark.parametrize("name", NAMES)
def test_mistakes_are_named_rightly_or_not_at_all(name: str) -> None:
    found = confusion(proof_of(name, specimen) for specimen in shipped(name))
    assert found.wrong == 0
    assert found.right >= ENOUGH * found.checks > 0
    assert sum(not named for named in found.unnamed.values()) >= ENOUGH * len(found.unnamed)
    assert found.variants
    assert not any(found.variants.values())
