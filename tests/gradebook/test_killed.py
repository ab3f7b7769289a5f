"""Two graders at once, and graders that are killed: every submission is judged once, and nothing is lost."""

from __future__ import annotations

import json
import multiprocessing
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlalchemy import text

from grader.gradebook import FILE, opened
from tests.courses import ROOT
from tests.gradebook.making import ASSIGNMENT, desk, graded_class
from tests.layers import reference_with

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.gradebook.making"])
KILLS = random.Random(20261001)


def started(where: str, folder: Path, count: int, seconds: float) -> BaseProcess:
    """A run of its own over `count` students, each of which takes so long."""
    run = PROCESSES.Process(target=graded_class, args=(where, folder, count, seconds))
    run.start()
    return run


def ended(run: BaseProcess) -> None:
    run.join()
    assert run.exitcode == 0


def kept(where: str | Path) -> tuple[int, int, int]:
    """How many students, attempts and results a gradebook holds."""
    with opened(where) as book, book.engine.connect() as connection:
        students, attempts, results = (
            connection.scalar(text(f"SELECT count(*) FROM {table}"))
            for table in ("students", "attempts", "results")
        )
    return students, attempts, results


def pages(folder: Path) -> int:
    return len(list(folder.glob("instructor/*.html")))


def wait_for_pages(folder: Path, done: int, is_over: Callable[[], bool]) -> None:
    """Until so many are there, and a random moment more."""
    while pages(folder) < done and not is_over():
        time.sleep(0.005)
    time.sleep(KILLS.uniform(0, 0.1))


def graded(folder: Path) -> list[str]:
    """Whom all runs graded, as they noted it."""
    return [name for log in folder.glob("log*") for name in log.read_text().split()]


def scores(folder: Path) -> dict[str, float]:
    data = json.loads((folder / "results.json").read_text("utf-8"))
    return {row["student"]: row["score"] for row in data["submissions"]}


def test_two_graders_at_once_keep_every_result_once(where: str, tmp_path: Path) -> None:
    runs = [started(where, tmp_path, 30, 0.0) for _ in range(2)]
    for run in runs:
        ended(run)
    assert kept(where) == (30, 30, 30)
    assert scores(tmp_path) == {f"s{number:03}": 10 + number % 10 for number in range(30)}
    with opened(where) as book:
        report = desk(book).report(ASSIGNMENT)
        assert (len(report.submissions), report.waiting) == (30, 0)


def test_whoever_is_killed_is_carried_on_and_nothing_is_lost(where: str, tmp_path: Path) -> None:
    count, kills = 20, sorted(KILLS.sample(range(1, 20), 3))
    for number, done in enumerate(kills):
        run = started(where, tmp_path, count, 0.02)
        wait_for_pages(tmp_path, done, lambda run=run: not run.is_alive())  # type: ignore[misc]
        run.kill()
        run.join()
        with opened(where) as book:
            desk(book).adjust("s000", "Affine", 1, f"after kill {number}")
    ended(started(where, tmp_path, count, 0))
    assert kept(where) == (count, count, count)
    assert set(graded(tmp_path)) == {f"s{number:03}" for number in range(count)}
    # Only what was being graded, or drawn, when a run was killed is graded again.
    assert len(graded(tmp_path)) <= count + len(kills)
    row = json.loads((tmp_path / "results.json").read_text("utf-8"))["submissions"][0]
    assert [one["why"] for one in row["adjustments"]] == [f"after kill {number}" for number in range(3)]
    assert not list(tmp_path.glob(f"{FILE}-*"))


@pytest.mark.soak
def test_a_real_class_of_200_survives_30_kills(tmp_path: Path) -> None:
    handed, out = tmp_path / "handed in", tmp_path / "out"
    handed.mkdir()
    wrong = "def softmax(x):\n    return x\n"
    texts = [reference_with(""), reference_with(wrong)]
    for number in range(200):
        (handed / f"s{number:03}.py").write_text(f"# {number}\n{texts[number % 2]}", encoding="utf-8")
    code = "from grader.cli import main; main()"
    command = [sys.executable, "-c", code, "grade", "layers", str(handed), "-o", str(out)]

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, cwd=ROOT, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    for number, done in enumerate(sorted(KILLS.sample(range(1, 200), 30))):
        run = start()
        wait_for_pages(out, done, lambda run=run: run.poll() is not None)  # type: ignore[misc]
        run.kill()
        run.communicate()
        with opened(out / FILE) as book:
            replace(desk(book), assignment="layers").adjust("s000", None, 1, f"kill {number}")
    last = start()
    _, told = last.communicate()
    assert last.returncode == 0, told
    assert kept(out / FILE) == (200, 200, 200)
    assert scores(out) == {f"s{number:03}": 92.0 if number % 2 else 100.0 for number in range(200)}
    row = json.loads((out / "results.json").read_text("utf-8"))["submissions"][0]
    assert len(row["adjustments"]) == 30
