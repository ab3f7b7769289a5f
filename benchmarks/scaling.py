"""What a submission costs in classes of ten, a hundred and a thousand, and how large the judge becomes.

With `--full` ten thousand too: it fails when a submission costs more than a tenth more there than among a thousand, or
the judge is more than a fifth larger.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks import classes
from benchmarks.figures import Promise, Section, table
from benchmarks.meter import Cost
from benchmarks.running import grade

SIZES = (10, 100, 1000)
FULL = 10_000
COSTLIER = 1.1
LARGER = 1.2


def measured(full: bool = False) -> Section:
    """Each size once, with all that a run does."""
    sizes = (*SIZES, FULL) if full else SIZES
    found = {size: _graded(size) for size in sizes}
    rows = [
        [
            f"{size:,}".replace(",", " "),
            f"{cost.wall:.1f}",
            f"{cost.wall / size * 1000:.1f}",
            f"{cost.cpu / size * 1000:.1f}",
            f"{cost.peaks.main / 2**20:.0f}",
        ]
        for size, cost in found.items()
    ]
    head = ["submissions", "wall, s", "wall a submission, ms", "CPU a submission, ms", "judge's peak, MiB"]
    shares = ", ".join(f"{share} % {kind}" for kind, share in classes.SHARES.items())
    text = f"{table(head, rows)}\n\nWhole runs, the start included. The class: {shares}."
    return Section("Scaling", text, _promises(found))


def _promises(found: Mapping[int, Cost]) -> list[Promise]:
    if FULL not in found:
        return []
    some, many = found[SIZES[-1]], found[FULL]
    costlier = (many.cpu / FULL) / (some.cpu / SIZES[-1])
    larger = many.peaks.main / some.peaks.main
    return [
        Promise("CPU a submission among 10 000 beside that among 1000", costlier, COSTLIER),
        Promise("the judge's peak memory at 10 000 beside that at 1000", larger, LARGER),
    ]


def _graded(size: int) -> Cost:
    with tempfile.TemporaryDirectory() as name:
        handed_in = classes.write(Path(name, "class"), size)
        return grade(handed_in, Path(name, "out"), memory=True)
