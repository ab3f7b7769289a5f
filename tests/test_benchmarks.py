"""What the benchmarks rest on: that everything is counted, that classes are what they say, that all get the same."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from benchmarks import classes, meter
from benchmarks.figures import Promise, Section, spread
from benchmarks.memory import watched
from benchmarks.peer_files import for_nbgrader
from benchmarks.peer_running import TESTS, executed, failures
from benchmarks.peer_students import WHOLE, students

_BURNT = 0.2

# A child burns, is killed by its parent, and is left to whoever takes it.
_KILLED = f"""
import os, signal, sys, time
reading, writing = os.pipe()
if not os.fork():
    child = os.fork()
    if not child:
        while time.process_time() < {_BURNT}: pass
        os.write(writing, b"x")
        time.sleep(60)
    os.read(reading, 1)
    os.kill(child, signal.SIGKILL)
    os._exit(0)
os.wait()
"""


@pytest.mark.parametrize("group", sorted({False, meter.counts_groups()}))
def test_the_time_of_a_grandchild_that_was_killed_is_counted(group: bool) -> None:
    assert meter.cost([sys.executable, "-I", "-S", "-c", _KILLED], group=group).cpu >= _BURNT * 0.97


@pytest.mark.parametrize("group", sorted({False, meter.counts_groups()}))
def test_a_command_that_fails_tells_what_it_said(group: bool) -> None:
    with pytest.raises(ChildProcessError, match="ended with 3:\nno such thing"):
        meter.cost(["sh", "-c", "echo no such thing; exit 3"], group=group)


# Takes some memory and starts a worker and what looks like a box, which take more, until nobody listens any more.
_LARGE = """
import subprocess, sys
own, *below = sys.argv[1:]
held = bytearray(int(own.partition(":")[0]) << 20)
held[::4096] = b"x" * len(held[::4096])
again = sys.orig_argv[: len(sys.orig_argv) - len(sys.argv) + 1]
pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
started = [subprocess.Popen([*again, one], **pipes) for one in below]
for one in started:
    one.stdout.readline()
print("large", flush=True)
sys.stdin.read()
"""
_MIB = 1 << 20


def test_the_sizes_of_a_process_and_its_workers_are_seen_and_those_of_boxes_are_not() -> None:
    command = [sys.executable, "-I", "-S", "-c", _LARGE, "40", "80", "120:grader_box"]
    until = time.monotonic() + 60
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with watched(process.pid) as peaks:
            while not peaks.of_workers and time.monotonic() < until:
                time.sleep(0.05)
    assert 40 * _MIB < peaks.main < 80 * _MIB
    assert 80 * _MIB < peaks.worker < 120 * _MIB


def test_a_larger_class_begins_with_the_students_of_a_smaller_one() -> None:
    assert [one.data for one in classes.students(30)][:10] == [one.data for one in classes.students(10)]


def test_no_two_students_hand_in_the_same() -> None:
    assert len({one.data for one in classes.students(200)}) == 200


def test_a_class_holds_every_kind_of_student() -> None:
    assert {one.kind for one in classes.students(200)} == set(classes.SHARES)


def test_every_notebook_that_is_not_cut_off_is_one() -> None:
    whole = [one for one in classes.students(100) if one.notebook and not one.cut_off]
    assert all(json.loads(one.data)["nbformat"] == 4 for one in whole)


def test_the_solved_cells_pass_all_tests_of_the_other_graders_and_the_starter_none() -> None:
    stock = classes.shipped()
    solved, starter = (
        [cell.text for cell in cells if not cell.prose] for cells in (stock.solved, stock.starter)
    )
    assert (failures(executed(solved)), failures(executed(starter))) == (0, len(TESTS))


def test_every_exercise_has_tests_of_its_own() -> None:
    assert {test.exercise for test in TESTS} == set(classes.shipped().exercises)


def test_nbgrader_gets_every_test_below_its_exercise() -> None:
    cells = json.loads(for_nbgrader(classes.shipped().solved))["cells"]
    graded = [cell["metadata"]["nbgrader"] for cell in cells if "nbgrader" in cell["metadata"]]
    assert {one["grade_id"] for one in graded if one["grade"]} == {test.name for test in TESTS}


def test_wrong_students_of_the_comparison_fail_tests_and_right_ones_none() -> None:
    failed = {one.kind: failures(executed(one.code)) for one in students(WHOLE)}
    assert failed["right"] == 0
    assert min(failed[kind] for kind in ("wrong", "unfinished", "starter")) > 0


def test_quartiles_stand_beside_the_median() -> None:
    assert spread([4.0, 1.0, 2.0, 3.0, 5.0]).told() == "3.0 (2.0 to 4.0)"


def test_a_figure_that_is_no_number_breaks_its_promise() -> None:
    section = Section("T", "text", [Promise("ratio", float("nan"), 2.0)])
    assert not section.kept


def test_a_promise_is_kept_up_to_its_limit() -> None:
    assert Promise("ratio", 2.0, 2.0).kept
    assert Promise("ratio", 2.0, 2.0, least=True).kept
    assert not Promise("ratio", 1.9, 2.0, least=True).kept
