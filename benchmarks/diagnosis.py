"""What naming mistakes adds to the processor time of grading the example class. Fails from 30 percent on."""

from __future__ import annotations

import functools
import sys

from benchmarks import meter
from benchmarks.figures import ROOT, Promise, Section, in_turns, spread
from benchmarks.running import environment

ROUNDS = 3
LIMIT = 1.3


def measured() -> Section:
    """With and without in turns; what is done once, an empty run tells. The first turn only warms the caches."""
    ways = {how: functools.partial(_seconds, how) for how in ("nobody", "silent", "named")}
    nobody, silent, named = (taken[1:] for taken in in_turns(ways, ROUNDS + 1).values())
    without = spread(one - once for one, once in zip(silent, nobody, strict=True))
    with_them = spread(one - once for one, once in zip(named, nobody, strict=True))
    text = (
        f"CPU for the example class in s, medians of {ROUNDS}: {without.told(form='.2f')} without diagnoses, "
        f"{with_them.told(form='.2f')} with them."
    )
    ratio = Promise("with diagnoses beside without", with_them.median / without.median, LIMIT)
    return Section("Naming mistakes", text, [ratio])


def _seconds(how: str) -> float:
    return meter.cost([sys.executable, "-m", "benchmarks.example_class", how], ROOT, environment()).cpu
