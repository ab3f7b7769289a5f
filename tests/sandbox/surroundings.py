"""A place to try probes in: what they are after, put where only walls can keep them from it; and how they are run."""

from __future__ import annotations

import os
import platform
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from grader.sandbox import runtime, seccomp
from grader.sandbox.base import Limits, Sandbox
from grader.sandbox.canaries import Attack, errors_met

from .probes import PROBES

_USERFAULTFD = {"x86_64": 323, "aarch64": 282}

# Runs each function in a process of its own: its exit code is the error that it met.
_DRIVER = """
import os, signal, sys, traceback
scope = {}
exec(sys.stdin.read(), scope)
for name in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        signal.alarm(30)
        try:
            code = scope[name]()
        except BaseException:
            traceback.print_exc()
            code = 255
        os._exit(code)
    print(name, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@contextmanager
def attack(names: Iterable[str]) -> Iterator[Attack]:
    """Probes, with fresh surroundings."""
    with ExitStack() as undo:
        folder = Path(undo.enter_context(tempfile.TemporaryDirectory(prefix="probes-", dir="/var/tmp")))
        victim = undo.enter_context(_victim())
        constants = {
            **_files(folder),
            **_sockets(folder, undo),
            "VICTIM": victim,
            "JUDGE": os.getpid(),
            "CHECKOUT": str(Path(__file__).parents[2]),
            "CALLS": dict(seccomp.here().calls),
            "USERFAULTFD": _USERFAULTFD[platform.machine()],
            "ADDRESS": _writable_address(victim),
        }
        yield Attack({name: _with_memory(PROBES[name].body) for name in names}, constants)


def without_sandbox(names: Iterable[str]) -> dict[str, int]:
    """The error that each probe meets in an ordinary process, 0 where it goes through."""
    with attack(names) as tried:
        (cell,) = tried.source.cells
        done = subprocess.run(
            [sys.executable, "-c", _DRIVER, *tried.bodies],
            input=cell.text,
            capture_output=True,
            text=True,
            check=True,
            cwd=str(tried.constants["FOLDER"]),
        )
    print(done.stderr, file=sys.stderr)
    lines = (line.split() for line in done.stdout.splitlines())
    return {name: int(code) for name, code in lines}


def inside(sandbox: Sandbox, names: Iterable[str]) -> dict[str, int]:
    """The error that each probe meets in a box, 0 where it goes through or where the box does not outlive it."""
    with attack(names) as tried:
        return {name: errors_met(answer) for name, answer in tried.outcomes(sandbox, Limits()).items()}


def _files(folder: Path) -> dict[str, object]:
    for name in ("file", "doomed", "moved", "other"):
        (folder / name).write_text("something of value", encoding="ascii")
        (folder / name).chmod(0o666)
    folder.chmod(0o777)
    return {"FOLDER": str(folder), "FILE": str(folder / "file"), "OTHER": str(folder / "other")}


def _sockets(folder: Path, undo: ExitStack) -> dict[str, object]:
    server = undo.enter_context(socket.create_server(("127.0.0.1", 0)))
    for name in (str(folder / "socket"), f"\0grader-{os.getpid()}"):
        listening = undo.enter_context(socket.socket(socket.AF_UNIX))
        listening.bind(name)
        listening.listen()
    (folder / "socket").chmod(0o777)
    return {"PORT": server.getsockname()[1]}


@contextmanager
def _victim() -> Iterator[int]:
    """Another process of the user that boxes run as."""
    user = runtime.group()
    groups: list[int] | None = None if user is None else []
    with subprocess.Popen(
        ["/usr/bin/sleep", "600"], user=user, group=user, extra_groups=groups, env={"SECRET": "1"}
    ) as process:
        try:
            yield process.pid
        finally:
            process.kill()


def _writable_address(process: int) -> int:
    maps = Path(f"/proc/{process}/maps").read_text(encoding="ascii")
    found = re.search(r"^(\w+)-\w+ rw.*\[stack\]$", maps, re.MULTILINE)
    assert found
    return int(found[1], 16)


def _with_memory(body: str) -> str:
    """Where a body speaks of them: eight bytes of its own and as many of the victim's."""
    if "other, 1" not in body:
        return body
    return f"""
buffer = ctypes.create_string_buffer(8)
own = struct.pack('=2Q', ctypes.addressof(buffer), 8)
other = struct.pack('=2Q', ADDRESS, 8)
{body}
"""
