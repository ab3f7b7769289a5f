"""Commands that several benchmarks run."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from benchmarks import meter
from benchmarks.figures import ROOT

_COMMAND = (sys.executable, "-c", "from grader.cli import main; main()")


# How many threads libraries calculate with.
_THREADS = frozenset(f"{library}_NUM_THREADS" for library in ("OPENBLAS", "OMP", "MKL"))


def new_folder() -> Path:
    """An empty folder, there until all is measured, see README.md."""
    return Path(tempfile.mkdtemp())


def grade(
    handed_in: Path, out: Path, *options: str, memory: bool = False, one_thread: bool = True
) -> meter.Cost:
    """`grader grade layers` over a folder, with the same hidden seed in every run."""
    words = ("grade", "layers", str(handed_in), "-o", str(out), "--seed", "8", *options)
    return meter.cost([*_COMMAND, *words], ROOT, environment(one_thread=one_thread), memory=memory)


def python(code: str, folder: Path = ROOT, *, one_thread: bool = True) -> meter.Cost:
    """A fresh interpreter that runs `code`."""
    return meter.cost([sys.executable, "-c", code], folder, environment(one_thread=one_thread))


def environment(*, one_thread: bool = True) -> dict[str, str]:
    """With compiled modules kept between runs, as at home.

    Libraries calculate with one thread, as in our boxes, or with as many as they start by themselves.
    """
    left_out = {"PYTHONDONTWRITEBYTECODE", *_THREADS}
    own = {name: value for name, value in os.environ.items() if name not in left_out}
    return own | (dict.fromkeys(_THREADS, "1") if one_thread else {}) | {"PYTHONPATH": str(ROOT)}
