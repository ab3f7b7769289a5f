"""Walls that a process puts up around itself: namespaces of its own, and files of its own in place of those it had."""

from __future__ import annotations

import ctypes
import os
import platform
import re
import signal
from collections.abc import Mapping, Sequence

from .libc import called
from .privileges import drop

# Mounts, names of the machine, messages between processes, numbers of processes.
_NEW = 0x00020000 | 0x04000000 | 0x08000000 | 0x20000000
_CLONE = {"x86_64": 56, "aarch64": 220}

_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_EXEC, _REMOUNT = 1, 2, 4, 8, 32
_BIND, _RECURSIVE, _PRIVATE = 1 << 12, 1 << 14, 1 << 18
_PLAIN = _NO_SUID | _NO_DEVICES

_TMP = b"size=16m,nr_inodes=4k,mode=1777"
_NOTHING = b"size=4k,nr_inodes=1,mode=755"
_FILES = b"size=512m,mode=755"


def forked_apart() -> int:
    """As `os.fork`, but the child is the first process in namespaces of its own. Raises OSError.

    It can be ended by what it does and from outside, but not by signals that it sends to itself. libc is not told of
    it: what it has noted of the thread that forks stands in the child too, where nobody asks for it. There is no other
    way but one more process in between: this process cannot always go back to the namespace it was in.
    """
    api = ctypes.pythonapi
    api.PyOS_BeforeFork()
    process = api.syscall(_CLONE[platform.machine()], _NEW | signal.SIGCHLD, None, None, None, None)
    # Before anything else is done, and so before what may be raised.
    (api.PyOS_AfterFork_Parent if process else api.PyOS_AfterFork_Child)()
    if process < 0:
        raise OSError("no namespaces of its own could be made for a box")
    return int(process)


def enclose(root: str, kept: Sequence[str]) -> None:
    """Puts up an empty /tmp, no terminals, the /proc of its own processes, and an empty folder at `root`, in which this
    process then is: in a namespace of mounts of its own. Raises OSError.

    The folders `kept` stay in /tmp as they were, see `mounted_in_tmp`.
    """
    _mount(None, "/", None, _RECURSIVE | _PRIVATE)
    _mount("proc", "/proc", "proc", _READ_ONLY | _PLAIN | _NO_EXEC)
    # Terminals that others of the warm process's boxes open would be seen there.
    _mount("tmpfs", "/dev/pts", "tmpfs", _READ_ONLY | _PLAIN | _NO_EXEC, _NOTHING)
    opened = {folder: os.open(folder, os.O_PATH) for folder in kept}
    _mount("tmpfs", "/tmp", "tmpfs", _PLAIN, _TMP)
    for folder, descriptor in opened.items():
        _make(folder)
        _mount(f"/proc/self/fd/{descriptor}", folder, None, _BIND)
        os.close(descriptor)
    _mount("tmpfs", root, "tmpfs", _PLAIN, _FILES)
    os.chdir(root)


def furnish(root: str, files: Mapping[str, bytes]) -> None:
    """Writes a submission's files below `root`, after which nobody can, and gives up the privileges that this took.

    Raises OSError.
    """
    # They are root's, and for another user to read, whatever the judge was started with.
    os.umask(0o022)
    for name, data in files.items():
        path = f"{root}/{name}"
        if "/" in name:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "xb") as file:
            file.write(data)
    _mount(None, root, None, _REMOUNT | _READ_ONLY | _PLAIN)
    if os.geteuid() != 0:
        # Root needs them to become another user, and loses them by that.
        drop()


def mounted_in_tmp() -> list[str]:
    """The folders below /tmp that are mounted there, each after those that it lies in: so much of Python itself as is
    there."""
    with open("/proc/self/mountinfo", "rb") as file:
        points = [line.split()[4] for line in file]
    plain = [re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), point) for point in points]
    return sorted(os.fsdecode(point) for point in plain if point.startswith(b"/tmp/"))


def _make(folder: str) -> None:
    """Makes a folder and those above it, open to whom a box becomes whatever the mask says."""
    if not os.path.isdir(folder):
        _make(os.path.dirname(folder))
        os.mkdir(folder)
        os.chmod(folder, 0o755)


def _mount(
    source: str | None, target: str, kind: str | None, flags: int, options: bytes | None = None
) -> None:
    texts = [None if text is None else os.fsencode(text) for text in (source, target, kind)]
    called("mount", *texts, ctypes.c_ulong(flags), options)
