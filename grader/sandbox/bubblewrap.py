"""Boxes walled in by bubblewrap, with seccomp and resource limits.

In them there is no network, no other process, and no file but Python's and the submission's own, read-only. A box is
forked, into namespaces of its own, from a warm process inside of such walls, or has an interpreter and walls that are
started for it alone.
"""

from __future__ import annotations

import functools
import json
import os
import select
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

from grader.errors import SandboxUnavailable

from . import runtime, seccomp, wrapping
from .base import Deadline, Limits, Setup
from .child import Child, Launched, inherited, launched
from .handin import checked, remove, written
from .process import GivenUp, ProcessBox, StartFailed, processor_seconds
from .zygote import NotForked, ZygoteLost, Zygotes

# Seconds for the end of a process that has been killed.
_END = 5.0

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

    What lies in `protected` must not be visible in them: where it lies below a folder that is, no box is opened. With
    `fresh` an interpreter is started for every box.
    """

    name = "bubblewrap"

    def __init__(self, protected: Sequence[Path] = (), *, fresh: bool = False) -> None:
        self._protected = tuple(protected)
        self._zygotes = None if fresh else Zygotes(functools.partial(_zygote, self._protected))

    @property
    def fresh(self) -> bool:
        """Whether an interpreter is started for every box."""
        return self._zygotes is None

    def available(self) -> None:
        """Opens an empty box; raises SandboxUnavailable with one line that says what is missing."""
        box = self.open(Setup({}, (), (), Limits()))
        box.close()

    def open(self, setup: Setup) -> ProcessBox:
        """A box in which nothing of the submission has run yet.

        Raises SandboxUnavailable, and UnreadableSubmission for names of files that cannot be had.
        """
        given_up = self._given_up
        try:
            return ProcessBox(self._child(setup), setup, given_up)
        except (StartFailed, ZygoteLost, NotForked) as failed:
            raise SandboxUnavailable(_advice(str(failed))) from None

    def close(self) -> None:
        """Ends what was started for boxes to come."""
        if self._zygotes is not None:
            self._zygotes.close()

    @functools.cached_property
    def _given_up(self) -> GivenUp:
        return GivenUp(seccomp.of_child(), _user(), furnished=self._zygotes is not None)

    def _child(self, setup: Setup) -> Child:
        if self._zygotes is None:
            return _fresh(self._protected, setup)
        checked(setup.files)
        return self._zygotes.fork(setup, wrapping.ROOT, processor_seconds(setup))


def _user() -> int | None:
    """Whom a box of root's becomes."""
    return runtime.somebody() if wrapping.is_root() else None


def _zygote(protected: Sequence[Path], modules: Sequence[str]) -> Launched:
    """Starts a warm process behind the walls of a box, with the privileges to put up more of them inside."""
    wrapper, folders = _seen(protected)
    walls = (*wrapping.namespaces(wrapping.TO_WALL_IN, nested=True), *wrapping.walls(folders, None), "--")
    command = (wrapper, *walls, *runtime.command_of_zygote(wrapping.PACKAGE, modules, walled=True))
    return launched(command, (), {}, "/", Limits(), socket.SOCK_SEQPACKET)


def _fresh(protected: Sequence[Path], setup: Setup) -> Child:
    """Starts the interpreter behind its walls. Whatever goes wrong, nothing is left."""
    wrapper, folders = _seen(protected)
    with ExitStack() as undo:
        submission = written(setup.files, _user())
        undo.callback(remove, submission)
        info, told = os.pipe()
        pipe = undo.enter_context(open(info, "rb", buffering=0))
        rules = _filled(seccomp.program(seccomp.STARTING, seccomp.here()))
        with inherited(told) as news, inherited(rules) as filters:
            own = ("--die-with-parent", "--info-fd", str(news), "--seccomp", str(filters))
            walls = (*wrapping.namespaces(wrapping.TO_GIVE_UP), *wrapping.walls(folders, submission), "--")
            command = (wrapper, *own, *walls, *runtime.command(wrapping.PACKAGE, wrapping.ROOT))
            begun = launched(command, (news, filters), {}, "/", setup.limits)
        undo.pop_all()
    kill = functools.partial(_kill_inside, pipe, begun.process)
    return Child.of(begun, functools.partial(remove, submission), kill)


def _seen(protected: Sequence[Path]) -> tuple[str, Sequence[Path]]:
    """bubblewrap, and the folders of Python's that can be seen in a box. Raises SandboxUnavailable."""
    seccomp.here()
    wrapper = shutil.which("bwrap")
    if wrapper is None:
        raise SandboxUnavailable(_INSTALL)
    folders = runtime.runtime()
    runtime.keep_apart([Path("/usr"), *folders, runtime.package()], protected)
    runtime.hide_judge()
    return wrapper, folders


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
