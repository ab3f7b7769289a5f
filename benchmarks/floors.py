"""What nothing that runs student code can be cheaper than; a program whose processor time `peers.py` takes.

`python -m benchmarks.floors WAY COUNT FILE` does one of these COUNT times. FILE holds the code of some students as
JSON, a list of cells for each.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.peer_running import executed, failures


def in_process(code: Sequence[str]) -> None:
    """The tests of `peer_tests.py` beside the student's code, without any wall."""
    failures(executed(code))


def forked(code: Sequence[str]) -> None:
    """The same in a fork of this process, which has imported what the student needs."""
    _in_child(lambda: in_process(code))


def bare_fork(_code: Sequence[str]) -> None:
    """A fork that does nothing."""
    _in_child(lambda: None)


def _in_child(work: Callable[[], None]) -> None:
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    os.waitpid(child, 0)


WAYS = {"in-process": in_process, "fork": forked, "bare-fork": bare_fork}


def main(way: str, count: str, file: str) -> None:
    students = json.loads(Path(file).read_text("utf-8"))
    with np.errstate(all="ignore"), open(os.devnull, "w", encoding="utf-8") as nowhere:
        # What students print is not what is measured.
        sys.stdout = nowhere
        # Warm is a process that has imported what tests and students use; numpy imports some of itself late.
        in_process(students[0])
        for number in range(int(count)):
            WAYS[way](students[number % len(students)])


if __name__ == "__main__":
    main(*sys.argv[1:])
