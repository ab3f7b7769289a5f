"""The time to go, on simulated runs: from a tenth of a run on it is right within a third."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from grader.cli.progress import WRITING, Pace

COUNT = 10_000


def alike(rng: np.random.Generator) -> float:
    return float(rng.uniform(0.01, 0.02))


def mixed(rng: np.random.Generator) -> float:
    """Most are fast, some take ten times as long, one in a thousand is killed after five seconds."""
    kind = rng.random()
    return 5.0 if kind < 0.001 else float(rng.exponential(0.15 if kind < 0.1 else 0.015))


def arrivals(seconds: Callable[[np.random.Generator], float], workers: int, seed: int) -> Iterator[float]:
    """When the results of so many workers come, which take a second to start."""
    rng = np.random.default_rng(seed)
    free = [1.0] * workers
    ends = []
    for _ in range(COUNT):
        end = heapq.heappop(free) + seconds(rng)
        ends.append(end)
        heapq.heappush(free, end)
    return iter(sorted(ends))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("workers", [1, 2, 16])
@pytest.mark.parametrize("seconds", [alike, mixed])
def test_from_a_tenth_on_the_time_to_go_is_right_within_a_third(
    seconds: Callable[[np.random.Generator], float], workers: int, seed: int
) -> None:
    times = list(arrivals(seconds, workers, seed))
    end = times[-1] + WRITING * COUNT
    pace = Pace()
    off = []
    for done, at in enumerate(times, 1):
        pace.came(at)
        left = pace.left(COUNT - done, COUNT, at)
        # The last seconds depend on who comes last, and nobody waits for them.
        if at >= 0.1 * end and end - at > 10:
            assert left is not None
            off.append(abs(left - (end - at)) / (end - at))
    assert not off or max(off) < 1 / 3


def test_nothing_is_told_before_anything_is_known() -> None:
    pace = Pace()
    assert pace.left(10, 10, 0.0) is None
    pace.came(5.0)
    assert pace.left(9, 10, 6.0) is None


def test_while_a_result_is_late_the_time_to_go_shrinks_but_not_below_that_of_writing() -> None:
    pace = Pace()
    for at in (1.0, 2.0, 3.0):
        pace.came(at)
    assert pace.left(2, 5, 3.5) == pytest.approx(1.5 + WRITING * 5)
    assert pace.left(2, 5, 60.0) == pytest.approx(WRITING * 5)
    assert pace.left(0, 5, 60.0) == pytest.approx(WRITING * 5)
