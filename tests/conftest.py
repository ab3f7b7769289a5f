"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from grader import language

# A busy machine is no failure: no property test has a deadline. In CI hypothesis takes a profile of its own,
# which has none either and draws the same examples every time.
if "CI" not in os.environ:
    settings.register_profile("desk", deadline=None)
    settings.load_profile("desk")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever the locale of whoever runs the tests, sentences are in English where a test does not say otherwise."""
    monkeypatch.setenv("LANGUAGE", "en")
    yield
    language.use("en")
