"""What a submission costs in classes of ten, a hundred and a thousand, by one worker and by two.

Fails when two workers are not at least 1.7 times as fast as one. Beside it stands what this machine gives to two
graders that share nothing, each with half of a class. With `--full` ten thousand are graded too: it then fails when a
submission costs more than a tenth more there than among a thousand, or the judge is more than a fifth larger.
"""

from __future__ import annotations

import functools
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import classes
from benchmarks.figures import Promise, Section, Spread, in_turns, spread, table
from benchmarks.meter import Cost
from benchmarks.running import grade

# How often a class of each size is graded; the one with most rounds tells one worker and two apart.
USUAL = {10: 1, 100: 1, 300: 5, 1000: 1}
FULL = {10: 1, 100: 1, 1000: 5, 10_000: 1}
WORKERS = (1, 2)
FASTER = 1.7
COSTLIER = 1.1
LARGER = 1.2


def measured(full: bool = False) -> Section:
    """Each size by one worker and by two in turns, with all that a run does."""
    sizes = FULL if full else USUAL
    found = {size: _graded(size, rounds) for size, rounds in sizes.items()}
    most = max(sizes, key=lambda size: sizes[size])
    rows = [_row(size, jobs, costs) for size, taken in found.items() for jobs, costs in taken.items()]
    head = ["submissions", "workers", "wall, s", "wall a submission, ms", "CPU a submission, ms"]
    memory = ["judge's peak, MiB", "largest worker's, MiB"]
    faster = {size: _faster(taken) for size, taken in found.items()}
    told = "; ".join(f"{_spaced(size)}: {one.told(form='.2f')}" for size, one in faster.items())
    shares = ", ".join(f"{share} % {kind}" for kind, share in classes.SHARES.items())
    text = f"""\
{table([*head, *memory], rows)}

Two workers beside one, times as fast: {told}. Two graders of one worker that share nothing, side by side, each with \
half of {_spaced(most)}: {_halves(most, found[most][1]).told(form=".2f")}.

Whole runs, the start included. The class: {shares}."""
    return Section("Scaling", text, _promises(found, faster, most))


def _graded(size: int, rounds: int) -> dict[int, list[Cost]]:
    """By numbers of workers."""
    with tempfile.TemporaryDirectory() as name:
        handed_in = classes.write(Path(name, "class"), size)
        ways = {str(jobs): functools.partial(_run, handed_in, jobs) for jobs in WORKERS}
        return {int(jobs): costs for jobs, costs in in_turns(ways, rounds).items()}


def _run(handed_in: Path, jobs: int) -> Cost:
    with tempfile.TemporaryDirectory() as out:
        return grade(handed_in, Path(out), "--jobs", str(jobs), memory=True)


def _row(size: int, jobs: int, costs: Sequence[Cost]) -> list[str]:
    wall, cpu = spread(cost.wall for cost in costs), spread(cost.cpu for cost in costs)
    each = 1000 / size
    peaks = max(cost.peaks.main for cost in costs), max(cost.peaks.worker for cost in costs)
    sizes = [f"{peak / 2**20:.0f}" if peak else "" for peak in peaks]
    return [_spaced(size), str(jobs), wall.told(), wall.told(each), cpu.told(each), *sizes]


def _faster(taken: Mapping[int, Sequence[Cost]]) -> Spread:
    """How many times as fast two workers are, round by round."""
    one, two = (taken[jobs] for jobs in WORKERS)
    return spread(alone.wall / both.wall for alone, both in zip(one, two, strict=True))


def _halves(size: int, alone: Sequence[Cost]) -> Spread:
    """How many times as fast as one grader `alone` two are, each with half of a class: once for each time it graded."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as both:
        halves = [classes.write(Path(name, half), size // 2) for half in ("first", "second")]

        def taken() -> float:
            start = time.perf_counter()
            list(both.map(functools.partial(_run, jobs=1), halves))
            return time.perf_counter() - start

        return spread(one.wall / taken() for one in alone)


def _promises(
    found: Mapping[int, Mapping[int, Sequence[Cost]]], faster: Mapping[int, Spread], most: int
) -> list[Promise]:
    promises = [
        Promise(
            f"two workers beside one, {_spaced(most)} submissions", faster[most].median, FASTER, least=True
        )
    ]
    if 10_000 not in found:
        return promises
    for jobs in WORKERS:
        some, many = found[1000][jobs], found[10_000][jobs]
        cost = [
            spread(one.cpu for one in costs).median / size for size, costs in ((1000, some), (10_000, many))
        ]
        size = [spread(one.peaks.main for one in costs).median for costs in (some, many)]
        by = f"at 10 000 beside 1000, {jobs} workers"
        promises.append(Promise(f"CPU a submission {by}", cost[1] / cost[0], COSTLIER))
        promises.append(Promise(f"the judge's peak memory {by}", size[1] / size[0], LARGER))
    return promises


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")
