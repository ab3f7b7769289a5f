"""Frames that a hostile child could send, as in `test_wire`, but more than two hundred thousand of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.sandbox import test_wire
from tests.sandbox.test_wire import GOOD, READERS, entries, trees

FRAMES = 200_000
LONG = settings(
    max_examples=36_000,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
# The property, what it is given, and the frames that one example sends.
PROPERTIES: list[tuple[Any, st.SearchStrategy[tuple[Any, ...]], int]] = [
    (
        test_wire.test_any_bytes,
        st.tuples(st.binary(max_size=80), st.sampled_from(sorted(READERS)), st.integers(0, 2)),
        2,
    ),
    (test_wire.test_damaged_frames, st.tuples(st.sampled_from(GOOD), st.data()), 1),
    (
        test_wire.test_headers_that_nearly_make_sense,
        st.tuples(st.lists(entries, max_size=4), st.binary(max_size=64)),
        1,
    ),
    (test_wire.test_reports_of_loading_that_nearly_make_sense, st.tuples(trees, trees, trees), 2),
]


def at_length(body: Any, drawn: st.SearchStrategy[tuple[Any, ...]]) -> None:
    """Runs the body of a property over many examples."""

    @LONG
    @given(drawn)
    def run(values: tuple[Any, ...]) -> None:
        body(*values)

    run()


@pytest.mark.soak
def test_no_frame_of_so_many_is_an_unhandled_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = 0
    read = test_wire.tolerated

    def counted(data: bytes) -> None:
        nonlocal sent
        sent += 1
        read(data)

    monkeypatch.setattr(test_wire, "tolerated", counted)
    for test, drawn, _ in PROPERTIES:
        at_length(test.hypothesis.inner_test, drawn)
    assert sent >= FRAMES


def test_that_many_are_asked_for() -> None:
    assert sum(frames for _, _, frames in PROPERTIES) * LONG.max_examples >= FRAMES
