"""A Dask cluster of two workers on this machine: the same results, workers and schedulers that are killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.cli import run
from tests.batch.runs import below, class_of, ended, judged, pages, results, started, wait
from tests.layers import ROOT

SOME = 8


@dataclass(frozen=True)
class Cluster:
    """Where the scheduler answers, and the process that it runs in."""

    address: str
    process: subprocess.Popen[str]

    def workers(self) -> list[int]:
        return [pid for pid, line in below(self.process.pid) if "spawn_main" in line]


@contextmanager
def a_cluster(workers: int) -> Iterator[Cluster]:
    command = [sys.executable, "-m", "tests.batch.local_cluster", str(workers)]
    process = subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with process:
        assert process.stdout is not None
        yield Cluster(process.stdout.readline().split()[0], process)
        # The end of its standard input ends it.


def test_it_says_what_one_process_says_whichever_worker_is_killed(tmp_path: Path) -> None:
    handed, out = class_of(tmp_path, SOME, slow=0.01), tmp_path / "out"
    ended(started(handed, tmp_path / "alone", "--jobs", "1"), 0)
    with a_cluster(2) as cluster:
        grading = started(handed, out, "--scheduler", cluster.address)
        wait(lambda: pages(out), grading)
        os.kill(cluster.workers()[0], signal.SIGKILL)
        ended(grading, 0)
    assert results(out) == results(tmp_path / "alone")
    for name in ("students.csv", "checks.csv"):
        assert (out / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()
    assert judged(out) == SOME


def test_a_lost_scheduler_loses_no_result(tmp_path: Path) -> None:
    handed, out = class_of(tmp_path, SOME, slow=0.01), tmp_path / "out"
    with a_cluster(1) as cluster:
        grading = started(handed, out, "--scheduler", cluster.address)
        wait(lambda: pages(out), grading)
        cluster.process.kill()
        told = ended(grading, 3)
    assert told.startswith(f"grader: The scheduler at {cluster.address} is gone.")
    assert told.count("\n") == 1
    kept = judged(out)
    assert 0 < kept == len(results(out)["submissions"]) < SOME
    ended(started(handed, out), 0)
    assert judged(out) == len(results(out)["submissions"]) == SOME


def test_a_scheduler_that_does_not_answer_is_wrong_usage(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    told = ended(started(class_of(tmp_path, 1), tmp_path / "out", "--scheduler", address), 2)
    assert told.startswith(f"grader: No scheduler answers at {address}")
    assert told.count("\n") == 1
    assert not (tmp_path / "out" / "results.json").exists()


@pytest.mark.parametrize("other", [("--jobs", "2"), ("--unsafe-no-sandbox",)])
def test_what_makes_no_sense_with_a_cluster_is_refused(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    other: tuple[str, ...],
) -> None:
    monkeypatch.delenv("CI", raising=False)
    command = ["grade", "layers", str(tmp_path), "--course", str(ROOT), "--scheduler", "tcp://127.0.0.1:1"]
    assert run([*command, *other]) == 2
    assert "--scheduler excludes" in capsys.readouterr().err
