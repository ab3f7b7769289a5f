"""Several processes: the same results as one, workers that are killed, an interrupt that leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from grader.batch.pool import worth
from tests.batch.runs import below, class_of, ended, judged, left, pages, results, started, wait

SOME = 8


def workers(run: subprocess.Popen[str]) -> list[int]:
    """The processes that grade: what the server forked."""
    servers = [pid for pid, line in below(run.pid) if "multiprocessing.forkserver" in line]
    return [pid for server in servers for pid, line in below(server) if "multiprocessing.forkserver" in line]


def test_as_many_workers_as_cores_and_fewer_for_a_few_submissions() -> None:
    assert worth(0) == worth(1) == 1
    assert worth(100_000) == len(os.sched_getaffinity(0))


def test_two_processes_say_what_one_says_whoever_is_killed(tmp_path: Path) -> None:
    handed = class_of(tmp_path, SOME, slow=0.01)
    ended(started(handed, tmp_path / "1", "--jobs", "1"), 0)
    run = started(handed, tmp_path / "2", "--jobs", "2")
    wait(lambda: pages(tmp_path / "2"), run)
    os.kill(workers(run)[0], signal.SIGKILL)
    ended(run, 0)
    assert results(tmp_path / "1") == results(tmp_path / "2")
    for name in ("students.csv", "checks.csv"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    assert judged(tmp_path / "2") == SOME
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.parametrize("more", [0, 1])
def test_each_process_keeps_to_a_core_where_there_is_one_for_each(tmp_path: Path, more: int) -> None:
    cores = sorted(os.sched_getaffinity(0))
    run = started(class_of(tmp_path, SOME, slow=0.3), tmp_path / "out", "--jobs", str(len(cores) + more))
    wait(lambda: pages(tmp_path / "out"), run)
    kept_to = sorted(sorted(os.sched_getaffinity(pid)) for pid in workers(run))
    ended(run, 0)
    if more:
        assert kept_to == [cores] * (len(cores) + 1)
    else:
        assert kept_to == ([[core] for core in cores] if len(cores) > 1 else [])  # one grades by itself


def test_the_folder_of_temporary_files_may_have_a_long_path(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 60) / ("y" * 60)
    deep.mkdir(parents=True)
    run = started(class_of(tmp_path, 3), deep / "out", "--jobs", "2")
    ended(run, 0)
    assert judged(deep / "out") == 3
    assert list((deep / "scratch").iterdir()) == []


def test_an_interrupt_ends_everything_and_keeps_what_was_done(tmp_path: Path) -> None:
    handed, out = class_of(tmp_path, SOME, slow=4), tmp_path / "out"
    run = started(handed, out, "--jobs", "2")
    wait(lambda: pages(out), run)
    found = workers(run)
    run.send_signal(signal.SIGINT)
    told = ended(run, 130).split("\n")
    assert [line for line in told if line] == [
        f"The reports in {out} hold only what is done; the same command goes on from there.",
        "grader: interrupted",
    ]
    assert 0 < len(results(out)["submissions"]) == judged(out) < SOME
    assert left(found) == []
    assert list((tmp_path / "scratch").iterdir()) == []
    assert list(out.glob(".*")) == []


def test_an_interrupt_finds_what_workers_are_forked_from_deaf_from_its_beginning(tmp_path: Path) -> None:
    run = started(class_of(tmp_path, 3), tmp_path / "out", "--jobs", "2")
    server = wait(lambda: [pid for pid, line in below(run.pid) if "forkserver" in line], run)
    os.kill(server[0], signal.SIGINT)
    assert "Traceback" not in ended(run, 0)
    assert judged(tmp_path / "out") == 3


def test_workers_end_with_the_judge_even_if_it_is_killed(tmp_path: Path) -> None:
    run = started(class_of(tmp_path, SOME, slow=4), tmp_path / "out", "--jobs", "2")
    found = wait(lambda: workers(run), run)
    run.kill()
    # The end of its standard error, which workers and boxes hold too.
    run.communicate()
    assert left(found) == []
    assert list((tmp_path / "scratch").iterdir()) == []
    assert list((tmp_path / "out").glob(".*")) == []
