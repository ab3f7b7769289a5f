"""What all tests share."""

from __future__ import annotations

import os
import sys
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
def _libraries_stay() -> Iterator[None]:
    """Submissions that are run in this process may change a library: they put it back, for the tests after them.

    Kinds are compared, since PyTorch replaces functions of its own when more of it is imported.
    """

    def kinds(library: str) -> dict[str, type]:
        return {name: type(one) for name, one in vars(sys.modules[library]).items()}

    libraries = [name for name in ("builtins", "math", "numpy", "torch") if name in sys.modules]
    before = {library: kinds(library) for library in libraries}
    yield
    for library, found in before.items():
        now = kinds(library)
        changed = [name for name in found if now.get(name) is not found[name]]
        assert not changed, f"{library} has been changed"


@pytest.fixture(autouse=True)
def _english(_libraries_stay: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever the locale of whoever runs the tests, sentences are in English where a test does not say otherwise.

    It takes `monkeypatch` after the other fixture, which looks when that was undone.
    """
    monkeypatch.setenv("LANGUAGE", "en")
    yield
    language.use("en")
