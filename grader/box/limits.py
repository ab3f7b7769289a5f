"""What a child gives up for good before it meets a student's code: resources, privileges, files and system calls."""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

from . import landlock
from .libc import prctl
from .privileges import become

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_BYTES_OF_INSTRUCTION = 8


@dataclass(frozen=True)
class Files:
    """What can be read from now on, with all that lies below, and which files can be written. `landlock` is the version
    of the interface to make do with, None for the kernel's own."""

    readable: Sequence[str]
    writable: Sequence[str]
    landlock: int | None = None


@dataclass(frozen=True)
class Hardening:
    """Bytes of memory, seconds of processor time, bytes of a file, open files, threads; the user to become, and all
    that Landlock leaves of the file system, where that is asked for."""

    memory: int
    cpu: int
    file: int = 16 << 20
    files: int = 256
    threads: int = 64
    user: int | None = None
    visible: Files | None = None

    def packed(self) -> bytes:
        return json.dumps(asdict(self)).encode("ascii")

    @classmethod
    def unpacked(cls, text: bytes) -> Hardening:
        fields = json.loads(text)
        visible = fields.pop("visible")
        return cls(**fields, visible=None if visible is None else Files(**visible))


class _Program(ctypes.Structure):
    """``struct sock_fprog``"""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def harden(hardening: Hardening, program: bytes) -> None:
    """Sets the limits, becomes another user, and installs Landlock and a seccomp filter, each where there is one.

    There is no way back. Raises OSError where the kernel refuses.
    """
    _limit(hardening)
    if hardening.user is not None:
        # A root without that right stays who it is. Whether the box holds all the same is for the judge to find out.
        with suppress(PermissionError):
            become(hardening.user)
    # After that, since another user's process no longer hears of its parent's end.
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if hardening.visible or program:
        prctl(_PR_SET_NO_NEW_PRIVS, 1)
    if hardening.visible:
        _close_files(hardening.visible)
    if program:
        described = _Program(len(program) // _BYTES_OF_INSTRUCTION, program)
        prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(described))


def _limit(hardening: Hardening) -> None:
    """The hard limit of processor time lies a second above the soft one, whose signal can be caught."""
    for limit, soft, hard in (
        (resource.RLIMIT_AS, hardening.memory, hardening.memory),
        (resource.RLIMIT_CPU, hardening.cpu, hardening.cpu + 1),
        (resource.RLIMIT_FSIZE, hardening.file, hardening.file),
        (resource.RLIMIT_NOFILE, hardening.files, hardening.files),
        (resource.RLIMIT_NPROC, hardening.threads, hardening.threads),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        most = resource.getrlimit(limit)[1]
        bounded = (soft, hard) if most == resource.RLIM_INFINITY else (min(soft, most), min(hard, most))
        resource.setrlimit(limit, bounded)


def _close_files(visible: Files) -> None:
    # Another thread would stay outside.
    if len(os.listdir("/proc/self/task")) != 1:
        raise OSError("there are threads already")
    landlock.restrict(visible.readable, visible.writable, visible.landlock)
    # What was seen of folders that are out of reach now.
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()
