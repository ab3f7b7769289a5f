"""That boxes end, whoever ends them, and that nothing is left of them: no process, no zombie, no file."""

from __future__ import annotations

import gc
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from grader.box.program import Reply
from grader.sandbox.base import Deadline, Death, Limits, Sandbox, Setup
from grader.sandbox.inprocess import InProcess
from grader.sandbox.unsafe import Unsafe

from .helpers import SANDBOXES, call, session, source, value

MAKERS: list[Callable[[], Sandbox]] = [*SANDBOXES, Unsafe]


@pytest.fixture(params=MAKERS)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    make: Callable[[], Sandbox] = request.param
    # What earlier tests have left ends now, and not while the processes of this one are counted.
    gc.collect()
    made = make()
    # What boxes are forked from is there before them, and stays.
    made.available()
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where boxes put their files."""
    # Nobody has to be able to come to it too.
    for path in (tmp_path, tmp_path.parent, tmp_path.parents[1]):
        path.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def descendants(ancestor: int) -> set[int]:
    """The processes below one."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    found, new = set(), {ancestor}
    while new:
        found |= new
        new = {process for process, parent in parents.items() if parent in new} - found
    return found - {ancestor}


def naming(path: Path) -> set[int]:
    """The processes that were started with this path among their arguments."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if str(path).encode() in (entry / "cmdline").read_bytes():
                    found.add(int(entry.name))
    return found


def survivors(processes: set[int]) -> set[int]:
    """Those that go on, not only for the moment that it takes to die."""
    until = time.monotonic() + 30
    while (found := _running(processes)) and time.monotonic() < until:
        time.sleep(0.01)
    return found


def _running(processes: set[int]) -> set[int]:
    found = set()
    for process in processes:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state not in "XZ":
            found.add(process)
    return found


THREADS = """
import threading, time
def f():
    for _ in range(3):
        threading.Thread(target=time.sleep, args=(60,)).start()
"""


def test_nothing_is_left_of_a_box(sandbox: Sandbox, folder: Path) -> None:
    before, files = descendants(os.getpid()), len(os.listdir("/proc/self/fd"))
    with session(THREADS, "f", sandbox=sandbox) as asked:
        asked.observe([call("f")])
        inside = descendants(os.getpid()) - before
        assert inside
        assert len(list(folder.iterdir())) <= 1
    assert survivors(inside) == set()
    assert list(folder.iterdir()) == []
    assert len(os.listdir("/proc/self/fd")) == files


def test_a_box_that_ends_by_itself_leaves_no_zombie(sandbox: Sandbox, folder: Path) -> None:
    before = descendants(os.getpid())
    with session("import os\ndef f(): os._exit(0)", "f", sandbox=sandbox) as asked:
        for _ in range(3):
            assert asked.observe([call("f")]) == [Death("crashed", "ended the process (exit code 0)")]
            assert descendants(os.getpid()) == before
            assert list(folder.iterdir()) == []


@pytest.mark.parametrize("which", [min, max])
def test_a_process_killed_from_outside_is_told(
    sandbox: Sandbox, folder: Path, which: Callable[[set[int]], int]
) -> None:
    before = descendants(os.getpid())
    with session("def f(): return 1", "f", sandbox=sandbox) as asked:
        assert value(asked.observe([call("f")])[0]) == 1
        # The eldest is bubblewrap itself, where there is one, and the youngest the child.
        os.kill(which(descendants(os.getpid()) - before), signal.SIGKILL)
        # What is inside may still answer before it hears of bubblewrap's end.
        until = time.monotonic() + 30
        while isinstance(answer := asked.observe([call("f")])[0], Reply) and time.monotonic() < until:
            time.sleep(0.01)
        assert answer == Death("crashed", "crashed the process (signal 9, killed)")
        assert descendants(os.getpid()) == before
        assert list(folder.iterdir()) == []
        assert value(asked.observe([call("f")])[0]) == 1


def test_nothing_is_left_after_an_interrupt(
    sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = descendants(os.getpid())

    def interrupted(*_: object) -> None:
        inside.update(descendants(os.getpid()) - before)
        raise KeyboardInterrupt

    inside: set[int] = set()
    monkeypatch.setattr("grader.sandbox.process.ProcessBox._answer", interrupted)
    # At once, when bubblewrap has hardly begun: a process that has lost it by then would wait for ever.
    for _ in range(10):
        with pytest.raises(KeyboardInterrupt):
            sandbox.open(Setup({"a": b""}, (), ()))
    assert inside
    assert survivors(inside | naming(folder)) == set()
    assert list(folder.iterdir()) == []


def test_a_box_dies_with_its_judge(sandbox: Sandbox, tmp_path: Path) -> None:
    module, name = type(sandbox).__module__, type(sandbox).__name__
    how = "fresh=True" if getattr(sandbox, "_zygotes", sandbox) is None else ""
    code = (
        f"import os, sys; from {module} import {name}; from grader.sandbox.base import Setup\n"
        f"box = {name}({how}).open(Setup({{}}, (), ())); print('open', flush=True); sys.stdin.read()"
    )
    # What a killed judge leaves is the folder of the submission's files.
    where = {**os.environ, "TMPDIR": str(tmp_path)}
    judge = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=where
    )
    assert judge.stdout is not None
    assert judge.stdin is not None
    assert judge.stdout.readline() == b"open\n"
    inside = descendants(judge.pid)
    assert inside
    judge.kill()
    judge.wait()
    judge.stdin.close()
    judge.stdout.close()
    assert survivors(inside) == set()


def test_the_line_is_never_a_standard_stream() -> None:
    code = (
        "import os; os.close(0); os.close(1)\n"
        "from grader.sandbox.bubblewrap import Bubblewrap; from grader.sandbox.base import *\n"
        "box = Bubblewrap().open(Setup({}, (), ())); box.load(frozenset(), {}, Deadline.within(60)); box.close()\n"
        "os.write(2, b'well')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stderr == b"well"


def test_files_are_for_this_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    box = InProcess().open(Setup({"a/b.py": b"x"}, (source("x = 1"),), (), Limits()))
    (folder,) = tmp_path.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / "a" / "b.py").read_bytes() == b"x"
    box.load(frozenset(), {}, Deadline.within(60))
    box.close()
    assert list(tmp_path.iterdir()) == []
