"""Runs of the command in processes of their own, and what they leave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import text

from grader.gradebook import FILE, opened
from tests.layers import ROOT, reference_with

_WRONG = ("", "def softmax(x):\n    return x\n", "class Relu:\n    pass\n")
_BROKEN = "x = (\n"


def class_of(folder: Path, count: int, slow: float = 0.0) -> Path:
    """A class of so many: right, wrong and broken ones. Every call of a `softmax`, but for the first student's, takes
    so many seconds."""
    handed = folder / "handed in"
    handed.mkdir()
    pause = f"def softmax(x):\n    __import__('time').sleep({slow})\n"
    for number in range(count):
        code = reference_with(_WRONG[number % 4]) if number % 4 < 3 else _BROKEN
        if slow and number:
            code = code.replace("def softmax(x):\n", pause, 1)
        (handed / f"s{number:02}.py").write_text(f"# {number}\n{code}", encoding="utf-8")
    return handed


def started(handed: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    """A run of its own, whose temporary files lie in `scratch` beside its reports."""
    scratch = out.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    # As from a terminal: tests may be run where Ctrl-C is ignored, which a child would inherit.
    listen = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{listen}; from grader.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "grade", "layers", str(handed), "-o", str(out), "--seed", "5", *more],
        cwd=ROOT,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(scratch), "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"},
    )


def ended(run: subprocess.Popen[str], code: int) -> str:
    """What a run told until it ended."""
    _, told = run.communicate()
    assert run.returncode == code, told
    return told


def results(out: Path) -> dict[str, Any]:
    """results.json without times."""
    data: dict[str, Any] = json.loads((out / "results.json").read_text("utf-8"))
    for row in data["submissions"]:
        del row["seconds"]
    return data


def judged(out: Path) -> int:
    """How many results a gradebook holds."""
    with opened(out / FILE) as book, book.engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM results")) or 0)


def pages(out: Path) -> int:
    """How many students have one."""
    return len(list((out / "instructor").glob("*.html")))


def below(pid: int) -> Iterator[tuple[int, str]]:
    """The processes that a process started, and these in turn, each with its command line."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == pid:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                yield int(entry.name), line
                yield from below(int(entry.name))


def wait(until: Callable[[], Any], run: subprocess.Popen[str]) -> Any:
    """What a run comes to at some time, before it ends."""
    while not (found := until()):
        assert run.poll() is None, run.communicate()
        time.sleep(0.02)
    return found


def left(pids: Iterable[int], tries: int = 500) -> list[int]:
    """Which of these processes go on; they may take a moment to end."""
    found = list(pids)
    while found and tries:
        found = [pid for pid in found if _goes_on(pid)]
        tries -= 1
        time.sleep(0.02)
    return found


def _goes_on(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
