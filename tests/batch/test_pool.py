"""Several processes: the same results as one, workers that are killed, an interrupt that leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from grader.batch import worth
from tests.layers import ROOT, reference_with

LATE = "def softmax(x):\n    import time\n    time.sleep({seconds})\n    return x\n"


def command(handed: Path, out: Path, *more: str) -> list[str]:
    """A run of its own, whose temporary files lie beside its reports."""
    code = "from grader.cli import main; main()"
    return [sys.executable, "-c", code, "grade", "layers", str(handed), "-o", str(out), "--seed", "5", *more]


def started(handed: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    scratch = out.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    return subprocess.Popen(
        command(handed, out, *more),
        cwd=ROOT,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(scratch)},
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


def below(pid: int) -> Iterator[tuple[int, str]]:
    """The processes that a process started, and these in turn, each with its command line."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == pid:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                yield int(entry.name), line
                yield from below(int(entry.name))


def workers(run: subprocess.Popen[str]) -> list[int]:
    """The processes that grade."""
    servers = [pid for pid, line in below(run.pid) if "multiprocessing.forkserver" in line]
    return [pid for server in servers for pid, line in below(server) if "multiprocessing.forkserver" in line]


def wait(until: Callable[[], Any], run: subprocess.Popen[str]) -> Any:
    while not (found := until()):
        assert run.poll() is None, run.communicate()
        time.sleep(0.02)
    return found


def pages(out: Path) -> int:
    return len(list((out / "instructor").glob("*.html")))


def boxes(handed: Path) -> list[str]:
    """What still runs of a class, by what is known of its boxes: where their files are."""
    scratch = str(handed.parent / "scratch")
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            line = (entry / "cmdline").read_bytes()
            if scratch.encode() in line:
                found.append(line.decode())
    return found


@pytest.fixture
def handed(tmp_path: Path) -> Path:
    """A class of eight."""
    folder = tmp_path / "handed in"
    folder.mkdir()
    wrong = ["", "def softmax(x):\n    return x\n", "class Relu:\n    pass\n", "x = (\n"]
    for number in range(8):
        text = f"# {number}\n{reference_with(wrong[number % 4]) if number % 4 < 3 else wrong[3]}"
        (folder / f"s{number}.py").write_text(text, encoding="utf-8")
    return folder


def test_as_many_workers_as_cores_and_fewer_for_a_few_submissions() -> None:
    cores = len(os.sched_getaffinity(0))
    assert worth(0) == worth(1) == 1
    assert worth(100_000) == cores


def test_two_processes_say_what_one_says(handed: Path, tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        ended(started(handed, tmp_path / jobs, "--jobs", jobs), 0)
    assert results(tmp_path / "1") == results(tmp_path / "2")
    for name in ("students.csv", "checks.csv"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_worker_that_is_killed_fails_nobody(handed: Path, tmp_path: Path) -> None:
    (handed / "s0.py").write_text(reference_with(LATE.format(seconds=0.4)), encoding="utf-8")
    out = tmp_path / "out"
    run = started(handed, out, "--jobs", "2")
    os.kill(wait(lambda: workers(run), run)[0], signal.SIGKILL)
    ended(run, 0)
    rows = results(out)["submissions"]
    assert [row["student"] for row in rows] == [f"s{number}" for number in range(8)]
    assert {row["status"] for row in rows} <= {"graded", "unreadable"}
    assert list((tmp_path / "scratch").iterdir()) == []


def test_an_interrupt_ends_everything_and_keeps_what_was_done(handed: Path, tmp_path: Path) -> None:
    for number in range(3, 8):
        (handed / f"s{number}.py").write_text(reference_with(LATE.format(seconds=4)), encoding="utf-8")
    out = tmp_path / "out"
    run = started(handed, out, "--jobs", "2")
    wait(lambda: pages(out), run)
    run.send_signal(signal.SIGINT)
    assert ended(run, 130).strip() == "grader: interrupted"
    assert 0 < len(results(out)["submissions"]) < 8
    assert boxes(handed) == []
    assert list((tmp_path / "scratch").iterdir()) == []


def test_workers_end_with_the_judge_even_if_it_is_killed(handed: Path, tmp_path: Path) -> None:
    for number in range(8):
        (handed / f"s{number}.py").write_text(reference_with(LATE.format(seconds=4)), encoding="utf-8")
    run = started(handed, tmp_path / "out", "--jobs", "2")
    found = wait(lambda: workers(run), run)
    run.kill()
    # The end of its standard error, which workers and boxes hold too.
    run.communicate()
    assert [pid for pid in found if Path(f"/proc/{pid}").exists()] == []
