"""Runs a command and becomes the parent of everything that it leaves behind; tells what all of it has used.

`python -S reaper.py DESCRIPTOR COMMAND...` writes one line of JSON to the descriptor: the exit code of the command
(negative for a signal) and the processor time in seconds.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


def _left() -> list[int]:
    own = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(number) for number in own.read_text("ascii").split()]


def _end_all() -> None:
    """Kills and waits for what was left behind, until nothing is; who is killed leaves us its own children."""
    while left := _left():
        for number in left:
            os.kill(number, signal.SIGKILL)
        for _ in left:
            os.wait()


def main() -> None:
    """Waits for everything, because the kernel adds a process to its parent's account only then."""
    told, command = int(sys.argv[1]), sys.argv[2:]
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    code = subprocess.Popen(command).wait()
    _end_all()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(told, "w", encoding="ascii") as file:
        json.dump({"code": code, "cpu": used.ru_utime + used.ru_stime}, file)


if __name__ == "__main__":
    main()
