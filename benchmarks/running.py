"""Commands that several benchmarks run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from benchmarks import meter
from benchmarks.figures import ROOT

_COMMAND = (sys.executable, "-c", "from grader.cli import main; main()")


def grade(handed_in: Path, out: Path, *options: str, memory: bool = False) -> meter.Cost:
    """`grader grade layers` over a folder, with the same hidden seed in every run."""
    words = ("grade", "layers", str(handed_in), "-o", str(out), "--seed", "8", *options)
    return meter.cost([*_COMMAND, *words], ROOT, environment(), memory=memory)


def python(code: str, folder: Path = ROOT) -> meter.Cost:
    """A fresh interpreter that runs `code`."""
    return meter.cost([sys.executable, "-c", code], folder, environment())


def environment() -> dict[str, str]:
    """With compiled modules kept between runs, as at home.

    Libraries calculate with one thread, as in our boxes: more of them wait for each other at our expense.
    """
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
    return own | threads | {"PYTHONPATH": str(ROOT)}
