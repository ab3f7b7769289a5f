"""Boxes walled in by bubblewrap, with seccomp and resource limits.

In them there is no network, no other process, and no file but Python's and the submission's own, read-only.
"""

from __future__ import annotations

import ctypes
import fcntl
import functools
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import grader.box
from grader.errors import SandboxUnavailable

from . import seccomp
from .base import Limits, Setup
from .child import Child
from .handin import remove, written
from .line import Line, Output
from .process import ProcessBox, StartFailed

ROOT = "/sub"

_PACKAGE = "/judge/grader_box"
_NOBODY = "65534"
_BYTES_OF_TMP = str(16 << 20)
_PR_SET_DUMPABLE = 4

_INSTALL = "bubblewrap is not installed: apt-get install bubblewrap"
_NAMESPACES = (
    "this machine refuses user namespaces to bubblewrap: sysctl -w kernel.unprivileged_userns_clone=1, "
    "on Ubuntu sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or run outside of the container"
)

# Isolated as by -I, but for PYTHONHASHSEED: the environment is ours alone, and sets must be ordered alike every time.
_PYTHON = ("-P", "-s", "-B", "-c")
_BOOTSTRAP = (
    "import sys; sys.path.insert(0, '/judge'); from grader_box import main; main.main(sys.argv[1], '/judge')"
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
        self._protected = tuple(path.resolve() for path in protected)

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
        runtime = _runtime()
        self._check([Path("/usr"), *runtime, _package()])
        _hide_judge()
        starting = seccomp.program(seccomp.STARTING, architecture)
        try:
            child = _started(wrapper, runtime, starting, setup)
            return ProcessBox(child, setup, seccomp.program(seccomp.CHILD, architecture))
        except StartFailed as failed:
            raise SandboxUnavailable(_advice(str(failed))) from None

    def _check(self, visible: Sequence[Path]) -> None:
        for folder in visible:
            for path in self._protected:
                if path.is_relative_to(folder.resolve()):
                    raise SandboxUnavailable(
                        f"{path} lies below {folder}, which submissions can read: move it elsewhere"
                    )


def _started(wrapper: str, runtime: Sequence[Path], program: bytes, setup: Setup) -> Child:
    """Starts the interpreter behind its walls. Whatever goes wrong, nothing is left."""
    with ExitStack() as undo:
        folder = written(setup.files)
        undo.callback(remove, folder)
        ours, theirs = socket.socketpair()
        undo.callback(ours.close)
        info, told = os.pipe()
        pipe = undo.enter_context(open(info, "rb", buffering=0))
        with (
            _inherited(told) as news,
            _inherited(theirs.detach()) as line,
            _inherited(_filled(program)) as rules,
        ):
            descriptors = ("--info-fd", str(news), "--seccomp", str(rules))
            command = [wrapper, *_walls(runtime, folder), *descriptors, "--"]
            process = subprocess.Popen(
                [*command, sys.executable, *_PYTHON, _BOOTSTRAP, str(line)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                bufsize=0,
                pass_fds=(news, line, rules),
                env={},
                # Ctrl-C at the terminal is for the judge, which then ends the box.
                process_group=0,
            )
        if process.stdout is None:
            raise ValueError("no pipe")
        output = Output(process.stdout, setup.limits.output, setup.limits.flood)
        child = Child(process, pipe, Line(ours, output), output, functools.partial(remove, folder))
        undo.pop_all()
    return child


def _walls(runtime: Sequence[Path], submission: Path) -> Iterator[str]:
    """Arguments of bubblewrap. What lies below /tmp is bound after that is made anew."""
    yield from ("--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session")
    yield from ("--cap-drop", "ALL", "--uid", _NOBODY, "--gid", _NOBODY, "--hostname", "box", "--clearenv")
    for name, value in _environment().items():
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
    yield from ("--proc", "/proc", "--dev", "/dev", "--size", _BYTES_OF_TMP, "--tmpfs", "/tmp")
    for folder in runtime:
        yield from ("--ro-bind", str(folder), str(folder))
    yield from ("--ro-bind", str(_package()), _PACKAGE, "--ro-bind", str(submission), ROOT)
    # Whoever grades as root is root to /proc/sys even in here, and / would be memory without a limit.
    for path in ("/proc", "/dev", "/"):
        yield from ("--remount-ro", path)
    yield from ("--chdir", ROOT)


def _environment() -> dict[str, str]:
    found = {"PATH": "/usr/bin", "LANG": "C.UTF-8", "HOME": "/tmp", "PYTHONHASHSEED": "0"}
    for library in ("OPENBLAS", "OMP", "MKL"):
        found[f"{library}_NUM_THREADS"] = "1"
    if sysconfig.get_config_var("Py_ENABLE_SHARED"):
        # A Python of its own finds its library by the cache of /etc, which is not there.
        found["LD_LIBRARY_PATH"] = str(sysconfig.get_config_var("LIBDIR"))
    return found


def _runtime() -> list[Path]:
    """The folders that this Python needs, but for /usr."""
    executable = Path(sys.executable).resolve()
    folders = dict.fromkeys([Path(sys.prefix), Path(sys.base_prefix), executable.parents[1]])
    if Path("/") in folders:
        raise SandboxUnavailable("this Python is installed at /, which cannot be shown to submissions")
    return [folder for folder in folders if not folder.is_relative_to("/usr")]


def _package() -> Path:
    return Path(grader.box.__file__).resolve().parent


@functools.cache
def _hide_judge() -> None:
    """Closes this process's memory and descriptors to others of the same user."""
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


@contextmanager
def _inherited(descriptor: int) -> Iterator[int]:
    """A duplicate that is none of the standard streams, while it is handed on; `descriptor` is closed."""
    try:
        duplicate = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 3)
    finally:
        os.close(descriptor)
    try:
        yield duplicate
    finally:
        os.close(duplicate)


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
