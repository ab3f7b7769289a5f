"""Boxes walled in by bubblewrap, with seccomp and resource limits.

In them there is no network, no other process, and no file but Python's and the submission's own, read-only.
"""

from __future__ import annotations

import functools
import json
import os
import re
import select
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

from grader.errors import SandboxUnavailable

from . import runtime, seccomp
from .base import Deadline, Limits, Setup
from .child import Child, inherited, kill, launched
from .handin import remove, written
from .process import GivenUp, ProcessBox, StartFailed

_ROOT = "/sub"
_PACKAGE = "/judge/grader_box"
_BYTES_OF_TMP = str(16 << 20)

# Seconds for the end of a process that has been killed.
_END = 5.0

# With these root makes namespaces and gives itself up without a namespace of users.
_CAPABILITIES_OF_ROOT = (2, 6, 7, 21)

_INSTALL = "bubblewrap is not installed: apt-get install bubblewrap"
_NAMESPACES = (
    "this machine refuses user namespaces to bubblewrap: sysctl -w kernel.unprivileged_userns_clone=1, "
    "on Ubuntu sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or run outside of the container"
)

# What bubblewrap says when it cannot work, and what to do about it.
_MENDS = {
    "unknown option": "bubblewrap is too old here: 0.8 or newer is needed",
    "namespace": _NAMESPACES,
    "uid map": _NAMESPACES,
}


class Bubblewrap:
    """Opens boxes in bubblewrap.

    What lies in `protected` must not be visible in them: where it lies below a folder that is, no box is opened.
    """

    name = "bubblewrap"

    def __init__(self, protected: Sequence[Path] = ()) -> None:
        self._protected = tuple(protected)

    def available(self) -> None:
        """Opens an empty box; raises SandboxUnavailable with one line that says what is missing."""
        box = self.open(Setup({}, (), (), Limits()))
        box.close()

    def open(self, setup: Setup) -> ProcessBox:
        """A fresh box in which nothing of the submission has run yet.

        Raises SandboxUnavailable, and UnreadableSubmission for names of files that cannot be had.
        """
        architecture = seccomp.here()
        wrapper = shutil.which("bwrap")
        if wrapper is None:
            raise SandboxUnavailable(_INSTALL)
        folders = runtime.runtime()
        runtime.keep_apart([Path("/usr"), *folders, runtime.package()], self._protected)
        runtime.hide_judge()
        as_root = _is_root()
        starting = seccomp.program(seccomp.STARTING, architecture)
        given_up = GivenUp(
            seccomp.program(seccomp.CHILD, architecture),
            runtime.NOBODY if as_root else None,
        )
        try:
            return ProcessBox(_started(wrapper, folders, as_root, starting, setup), setup, given_up)
        except StartFailed as failed:
            raise SandboxUnavailable(_advice(str(failed))) from None


def _is_root() -> bool:
    """Whether this is a root who can do without a namespace of users.

    In such a namespace a box of root's would stay root to the kernel, which then counts no threads.
    """
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    found = re.search(r"^CapEff:\s*(\w+)$", status, re.MULTILINE)
    capabilities = int(found[1], 16) if found else 0
    return os.geteuid() == 0 and all(capabilities >> number & 1 for number in _CAPABILITIES_OF_ROOT)


def _started(wrapper: str, folders: Sequence[Path], as_root: bool, program: bytes, setup: Setup) -> Child:
    """Starts the interpreter behind its walls. Whatever goes wrong, nothing is left."""
    with ExitStack() as undo:
        submission = written(setup.files, runtime.group() if as_root else None)
        undo.callback(remove, submission)
        info, told = os.pipe()
        pipe = undo.enter_context(open(info, "rb", buffering=0))
        with inherited(told) as news, inherited(_filled(program)) as rules:
            own = ("--info-fd", str(news), "--seccomp", str(rules), "--")
            walls = (*_namespaces(as_root), *_walls(folders, submission))
            child = launched(
                (wrapper, *walls, *own, *runtime.command(_PACKAGE, _ROOT)),
                (news, rules),
                {},
                "/",
                setup.limits,
                functools.partial(remove, submission),
            )
        child.kill = functools.partial(_kill_inside, pipe)
        undo.pop_all()
    return child


def _namespaces(as_root: bool) -> Iterator[str]:
    yield from ("--die-with-parent", "--new-session", "--hostname", "box", "--cap-drop", "ALL")
    if as_root:
        yield from (
            "--unshare-ipc",
            "--unshare-pid",
            "--unshare-net",
            "--unshare-uts",
            "--unshare-cgroup-try",
        )
        # The child takes on another user and loses them.
        for capability in ("CAP_SETUID", "CAP_SETGID", "CAP_DAC_READ_SEARCH"):
            yield from ("--cap-add", capability)
    else:
        nobody = str(runtime.NOBODY)
        yield from ("--unshare-all", "--unshare-user", "--disable-userns", "--uid", nobody, "--gid", nobody)


def _walls(folders: Sequence[Path], submission: Path) -> Iterator[str]:
    """Environment and files. What lies below /tmp is bound after that is made anew."""
    yield "--clearenv"
    for name, value in runtime.environment().items():
        yield from ("--setenv", name, value)
    yield from (
        "--ro-bind",
        "/usr",
        "/usr",
        "--symlink",
        "usr/lib",
        "/lib",
        "--symlink",
        "usr/lib64",
        "/lib64",
    )
    yield from ("--proc", "/proc", "--dev", "/dev")
    yield from ("--perms", "1777", "--size", _BYTES_OF_TMP, "--tmpfs", "/tmp")
    for folder in folders:
        # Where the folders above are closed to others, bubblewrap would close them here too.
        for above in [*folder.parents][-2::-1]:
            yield from ("--perms", "0755", "--dir", str(above))
        yield from ("--ro-bind", str(folder), str(folder))
    yield from ("--ro-bind", str(runtime.package()), _PACKAGE, "--ro-bind", str(submission), _ROOT)
    # Nothing in there needs to be written to, and / would be memory without a limit.
    for path in ("/proc", "/dev", "/"):
        yield from ("--remount-ro", path)
    yield from ("--chdir", _ROOT)


def _kill_inside(info: IO[bytes], process: subprocess.Popen[bytes]) -> None:
    """Kills the first process inside, with which the kernel ends all others; bubblewrap then ends by itself.

    Were bubblewrap killed first, what it has just begun to set up could stay behind, waiting for it. `info` is the pipe
    on which it tells the number.
    """
    with info:
        if process.poll() is None:
            inside = _first_inside(info.fileno(), Deadline.within(_END))
            # While bubblewrap lives, the number is not given to another process.
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                if inside is not None:
                    os.kill(inside, signal.SIGKILL)
                    process.wait(_END)
    kill(process)


def _first_inside(info: int, deadline: Deadline) -> int | None:
    """The number that bubblewrap tells as JSON; None where it ends without."""
    poll = select.poll()
    poll.register(info, select.POLLIN)
    text = b""
    while b"}" not in text:
        if not poll.poll(deadline.left * 1000):
            return None
        piece = os.read(info, 4096)
        if not piece:
            return None
        text += piece
    return int(json.loads(text)["child-pid"])


def _filled(data: bytes) -> int:
    """The reading end of a pipe that holds `data`, which is smaller than a pipe."""
    reading, writing = os.pipe()
    with open(writing, "wb") as file:
        file.write(data)
    return reading


def _advice(output: str) -> str:
    """One line for the user from what a failed start printed."""
    for sign, mend in _MENDS.items():
        if sign in output.lower():
            return mend
    last = output.strip().splitlines()[-1:] or ["no reason given"]
    return f"a box could not be started: {last[0]}"
