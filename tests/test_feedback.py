"""docs/feedback.md is true: its catalogue is what the grader says, its example a course that is proved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader import newcourse
from grader.confusion import confusion
from grader.diagnosis import MISTAKES
from grader.diagnosis.expression import FUNCTIONS
from grader.drivers.derivation import ROLES
from grader.validate import unclear
from tests import feedback
from tests.authored import grader_of, proofs, written

TEXT = feedback.PAGE.read_text("utf-8")
BLOCK = re.compile(r"^```python (?P<path>\S+)\n(?P<text>[\s\S]*?)^```$", re.MULTILINE)


def test_every_mistake_has_its_entry() -> None:
    assert re.findall(r"^### `(.*)`$", TEXT, re.MULTILINE) == list(MISTAKES)


@pytest.mark.proof
def test_the_catalogue_is_what_the_grader_says() -> None:
    assert feedback.page() == TEXT, "make feedback brings docs/feedback.md up to date"


def test_the_example_is_named_as_the_page_says(tmp_path: Path) -> None:
    newcourse.write_example(tmp_path)
    written(tmp_path, {match["path"]: match["text"] for match in BLOCK.finditer(TEXT)})
    found = proofs(tmp_path, "squares")
    assert {proof.specimen.name: proof.complaints for proof in found if proof.complaints} == {}
    named = confusion(found)
    assert set(named.labelled) == {"scaled", "other-slope", "upstream-ignored"}
    assert named.right == named.checks
    assert list(unclear(grader_of(tmp_path, "squares"))) == []


def test_every_function_and_every_role_is_on_the_page() -> None:
    words = set(re.findall(r"`(\w+)`", TEXT))
    assert FUNCTIONS.keys() <= words
    assert set(ROLES.values()) <= words
