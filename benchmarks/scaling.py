"""What a submission costs in classes of ten, a hundred and a thousand, by one worker and by two.

Fails when two workers are not at least 1.7 times as fast as one. Beside it stands what this machine gives to two
graders that share nothing, each with half of a class. With `--full` ten thousand are graded too: it then fails when a
submission costs more than a tenth more there than among a thousand, or the judge is more than a fifth larger.
"""

from __future__ import annotations

import functools
import itertools
import os
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import classes
from benchmarks.figures import Promise, Section, Spread, in_turns, spread, table
from benchmarks.meter import Cost
from benchmarks.running import grade, new_folder

# How often a class of each size is graded; the one with most rounds tells one worker and two apart.
USUAL = {10: 1, 100: 1, 300: 5, 1000: 1}
FULL = {10: 1, 100: 1, 1000: 5, 10_000: 1}
ONE, TWO = WORKERS = ("1", "2")
HALVES = "halves"
FASTER = 1.7
COSTLIER = 1.1
LARGER = 1.2


def measured(full: bool = False) -> Section:
    """Each size by one worker and by two in turns, with all that a run does."""
    sizes = FULL if full else USUAL
    most = max(sizes, key=lambda size: sizes[size])
    found = {size: _graded(size, rounds, halves=size == most) for size, rounds in sizes.items()}
    halves = found[most].pop(HALVES)
    rows = [_row(size, jobs, costs) for size, taken in found.items() for jobs, costs in taken.items()]
    head = ["submissions", "workers", "wall, s", "wall a submission, ms", "CPU a submission, ms"]
    memory = ["judge's peak, MiB", "largest worker's, MiB"]
    faster = {size: _times(taken[ONE], taken[TWO]) for size, taken in found.items()}
    told = "; ".join(f"{_spaced(size)}: {one.told(form='.2f')}" for size, one in faster.items())
    shares = ", ".join(f"{share} % {kind}" for kind, share in classes.SHARES.items())
    text = f"""\
{table([*head, *memory], rows)}

Two workers beside one, times as fast: {told}. Two graders of one worker that share nothing, each on a core of its \
own with half of {_spaced(most)}: {_times(found[most][ONE], halves).told(form=".2f")}.

Whole runs, the start included. The class: {shares}."""
    return Section("Scaling", text, _promises(found, faster, most))


def _graded(size: int, rounds: int, *, halves: bool) -> dict[str, list[Cost]]:
    """By numbers of workers, and by `HALVES` what two graders take, each with half of such a class."""
    whole = classes.write(new_folder() / "class", size)
    ways = {jobs: functools.partial(_run, whole, jobs) for jobs in WORKERS}
    if halves:
        parts = [classes.write(new_folder() / "class", size // 2) for _ in WORKERS]
        ways[HALVES] = functools.partial(_side_by_side, parts)
    return in_turns(ways, rounds)


def _run(handed_in: Path, jobs: str) -> Cost:
    return grade(handed_in, new_folder(), "--jobs", jobs, memory=True)


def _side_by_side(handed_in: Sequence[Path]) -> Cost:
    """Graders of one worker that share nothing, all at the same time, each on a core of its own if there is one."""
    start = time.perf_counter()
    with ThreadPoolExecutor(len(handed_in)) as pool:
        costs = list(pool.map(_kept_to, itertools.cycle(sorted(os.sched_getaffinity(0))), handed_in))
    return Cost(sum(cost.cpu for cost in costs), time.perf_counter() - start)


def _kept_to(core: int, handed_in: Path) -> Cost:
    os.sched_setaffinity(0, {core})  # of this thread, and of what it starts
    return _run(handed_in, ONE)


def _row(size: int, jobs: str, costs: Sequence[Cost]) -> list[str]:
    wall, cpu = spread(cost.wall for cost in costs), spread(cost.cpu for cost in costs)
    each = 1000 / size
    peaks = max(cost.peaks.main for cost in costs), max(cost.peaks.worker for cost in costs)
    sizes = [f"{peak / 2**20:.0f}" if peak else "" for peak in peaks]
    return [_spaced(size), jobs, wall.told(), wall.told(each), cpu.told(each), *sizes]


def _times(alone: Sequence[Cost], both: Sequence[Cost]) -> Spread:
    """How many times as fast two are as one, round by round."""
    return spread(one.wall / two.wall for one, two in zip(alone, both, strict=True))


def _promises(
    found: Mapping[int, Mapping[str, Sequence[Cost]]], faster: Mapping[int, Spread], most: int
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
