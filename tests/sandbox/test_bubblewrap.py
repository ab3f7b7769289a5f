"""Where boxes cannot be had, and that nothing is left of those that were."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

import grader.sandbox
from grader.errors import SandboxUnavailable
from grader.sandbox.base import Deadline, Limits, Setup
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.choose import default_sandbox
from grader.sandbox.inprocess import InProcess

from .helpers import call, session, source


def fake(folder: Path, script: str) -> None:
    """A bwrap that only says something."""
    path = folder / "bwrap"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_without_bubblewrap_the_command_to_type_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxUnavailable, match="apt-get install bubblewrap"):
        default_sandbox(())


@pytest.mark.parametrize(
    ("script", "advice"),
    [
        ("echo 'bwrap: Unknown option --disable-userns' >&2; exit 1", "0.8 or newer"),
        ("echo 'bwrap: No permissions to create new namespace' >&2; exit 1", "refuses user namespaces"),
        ("echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1", "refuses user namespaces"),
        (
            "echo first; echo 'bwrap: Can not find x' >&2; exit 1",
            "could not be started: bwrap: Can not find x",
        ),
        ("exit 1", "could not be started: no reason given"),
    ],
)
def test_why_a_box_does_not_start_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, advice: str
) -> None:
    fake(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(SandboxUnavailable, match=advice) as caught:
        Bubblewrap().available()
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["bwrap"]


@pytest.mark.parametrize(
    "folder", [Path(sys.prefix), Path("/usr"), Path(grader.sandbox.__file__).parents[1] / "box"]
)
def test_what_is_protected_must_not_be_visible(folder: Path) -> None:
    with pytest.raises(SandboxUnavailable, match="move it elsewhere"):
        default_sandbox([folder / "solutions"])


def test_what_is_protected_may_lie_beside(tmp_path: Path) -> None:
    assert default_sandbox([tmp_path, Path(sys.prefix).parent]).name == "bubblewrap"


def test_a_protected_link_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "solutions"
    link.symlink_to("/usr/share")
    with pytest.raises(SandboxUnavailable):
        default_sandbox([link])


def test_a_python_at_the_root_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", "/")
    with pytest.raises(SandboxUnavailable, match="installed at /"):
        default_sandbox(())


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


def test_nothing_is_left_of_a_box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before, files = descendants(os.getpid()), len(os.listdir("/proc/self/fd"))
    with session(THREADS, "f") as asked:
        asked.observe([call("f")])
        inside = descendants(os.getpid()) - before
        assert len(inside) >= 3
        assert len(list(tmp_path.iterdir())) == 1
    assert survivors(inside) == set()
    assert list(tmp_path.iterdir()) == []
    assert len(os.listdir("/proc/self/fd")) == files


def test_nothing_is_left_after_an_interrupt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = descendants(os.getpid())

    def interrupted(*_: object) -> None:
        inside.update(descendants(os.getpid()) - before)
        raise KeyboardInterrupt

    inside: set[int] = set()
    monkeypatch.setattr("grader.sandbox.process.ProcessBox._answer", interrupted)
    # At once, when bubblewrap has hardly begun: a process that has lost it by then would wait for ever.
    for _ in range(10):
        with pytest.raises(KeyboardInterrupt):
            Bubblewrap().open(Setup({"a": b""}, (), ()))
    assert inside
    assert survivors(inside | naming(tmp_path)) == set()
    assert list(tmp_path.iterdir()) == []


def test_a_box_dies_with_its_judge(tmp_path: Path) -> None:
    code = (
        "import os, sys; from grader.sandbox.bubblewrap import Bubblewrap; from grader.sandbox.base import Setup\n"
        "box = Bubblewrap().open(Setup({}, (), ())); print('open', flush=True); sys.stdin.read()"
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
    assert len(inside) >= 3
    judge.kill()
    judge.wait()
    judge.stdin.close()
    judge.stdout.close()
    assert survivors(inside) == set()


def test_the_line_is_never_a_standard_stream() -> None:
    code = (
        "import os; os.close(0); os.close(1)\n"
        "from grader.sandbox.bubblewrap import Bubblewrap; from grader.sandbox.base import *\n"
        "box = Bubblewrap().open(Setup({}, (), ())); box.load(frozenset(), Deadline.within(60)); box.close()\n"
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
    box.load(frozenset(), Deadline.within(60))
    box.close()
    assert list(tmp_path.iterdir()) == []
