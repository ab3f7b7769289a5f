"""Grades a class and tells where the judge's processor time went; a program that `profiling.py` runs.

`python -m benchmarks.sampled HOW FOLDER OUT REPORT` runs `grader grade layers FOLDER -o OUT` and looks at the stack
once a millisecond of processor time. HOW is `boxed`, or `in-process`, where boxes are this process. REPORT gets JSON:
`seconds`, a list of what runs and for how long, see `Sampler`; `judge`, the seconds of this process; `boxes`, how many
were opened.
"""

from __future__ import annotations

import gc
import json
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import patch

import grader.cli
from benchmarks.figures import ROOT
from grader.box.ahead import read_ahead
from grader.cli.sandbox_option import chosen
from grader.course import find
from grader.sandbox.base import Box, Sandbox, Setup
from grader.sandbox.inprocess import InProcess

_PAUSE = 0.001
_HERE = f"{ROOT}/grader/"

# Files whose functions only call the steps of a run, and of a box.
_LEADING = (
    "cli/",
    "batch/",
    "grading.py",
    "observing.py",
    "bundles.py",
    "slopes.py",
    "sandbox/",
    "box/host.py",
    "errors.py",
    "files.py",
)


class Counting:
    """A sandbox that counts its boxes."""

    def __init__(self, real: Sandbox) -> None:
        self.name, self.available, self.close = real.name, real.available, real.close
        self._real, self.opened = real, 0

    def open(self, setup: Setup) -> Box:
        self.opened += 1
        return self._real.open(setup)


class Sampler:
    """Adds the time since the last look to whatever runs at this one: a long call in C counts as long as it is.

    What runs is told twice: by the innermost function of this project, and by the outermost one below those that lead
    through a run.
    """

    def __init__(self) -> None:
        self.seconds: dict[tuple[str, str], float] = {}
        self._last = time.process_time()

    def start(self) -> None:
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, _PAUSE, _PAUSE)

    def stop(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        now = time.process_time()
        names = list(_names(frame))
        steps = [name for name in names if not name.startswith(_LEADING)]
        inner = names[0] if names else "elsewhere"
        place = inner, steps[-1] if steps else inner
        self.seconds[place] = self.seconds.get(place, 0.0) + now - self._last
        self._last = now


def _names(frame: FrameType | None) -> Iterator[str]:
    """What this project runs, from the innermost on: ``reports/code.py _coloured``."""
    while frame is not None:
        file = frame.f_code.co_filename
        if "importlib._bootstrap" in file:
            yield "imports"
        elif file.startswith(_HERE):
            yield f"{file.removeprefix(_HERE)} {frame.f_code.co_name}"
        frame = frame.f_back


def main(how: str, folder: str, out: str, report: str) -> None:
    opened: list[Counting] = []

    def sandbox(*options: Any) -> Counting:
        if how == "in-process":
            # A box collects the garbage of a small process, and not of all that the judge has imported.
            gc.freeze()
            # As the warm process does, which boxes are forked from.
            read_ahead(find(ROOT).handout("layers"))
        opened.append(Counting(InProcess() if how == "in-process" else chosen(*options)))
        return opened[-1]

    sys.argv = ["grader", "grade", "layers", folder, "-o", out, "--seed", "8", "--jobs", "1"]
    sampler = Sampler()
    sampler.start()
    try:
        with patch("grader.cli.grading.chosen", sandbox):
            grader.cli.main()
    except SystemExit as end:
        if end.code:
            raise
    finally:
        sampler.stop()
    boxes = sum(one.opened for one in opened)
    seconds = [[*place, taken] for place, taken in sampler.seconds.items()]
    told = {"seconds": seconds, "judge": time.process_time(), "boxes": boxes}
    Path(report).write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
