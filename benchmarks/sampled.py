"""Grades a class and tells where the judge's processor time went; a program that `profiling.py` runs.

`python -m benchmarks.sampled HOW FOLDER OUT REPORT` runs `grader grade layers FOLDER -o OUT` and looks at the stack
once a millisecond of processor time. REPORT gets JSON: seconds by the innermost file and function of this project,
seconds of this process, and how many boxes were opened. HOW is `boxed`, or `in-process`, where boxes are this process.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from unittest.mock import patch

import grader.cli
from benchmarks.figures import ROOT
from grader.cli.sandbox_option import chosen
from grader.sandbox.base import Box, Sandbox, Setup
from grader.sandbox.inprocess import InProcess

_PAUSE = 0.001
_HERE = f"{ROOT}/grader/"


class Counting:
    """A sandbox that counts its boxes."""

    def __init__(self, real: Sandbox) -> None:
        self.name, self.available, self._real, self.opened = real.name, real.available, real, 0

    def open(self, setup: Setup) -> Box:
        self.opened += 1
        return self._real.open(setup)


class Sampler:
    """Adds the time since the last look to whatever runs at this one: a long call in C counts as long as it is."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def start(self) -> None:
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, _PAUSE, _PAUSE)

    def stop(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        now = time.process_time()
        place = _place(frame)
        self.seconds[place] = self.seconds.get(place, 0.0) + now - self._last
        self._last = now


def _place(frame: FrameType | None) -> str:
    """``reports/code.py _coloured``: where we are, or what we have called from there."""
    while frame is not None:
        file = frame.f_code.co_filename
        if "importlib._bootstrap" in file:
            return "imports"
        if file.startswith(_HERE):
            return f"{file.removeprefix(_HERE)} {frame.f_code.co_name}"
        frame = frame.f_back
    return "elsewhere"


def main(how: str, folder: str, out: str, report: str) -> None:
    opened: list[Counting] = []

    def sandbox(protected: Sequence[Path], tier: str | None, unsafe: bool = False) -> Counting:
        opened.append(Counting(InProcess() if how == "in-process" else chosen(protected, tier, unsafe)))
        return opened[-1]

    sys.argv = ["grader", "grade", "layers", folder, "-o", out, "--seed", "8"]
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
    told = {"seconds": sampler.seconds, "judge": time.process_time(), "boxes": boxes}
    Path(report).write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
