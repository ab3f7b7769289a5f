"""Landlock: a process lets go of the file system for good, but for what it names."""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Sequence

from .libc import called, libc

# The three calls have these numbers on every architecture.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION = 1
_BENEATH = 1

_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
# How many rights to files, to the network and of reaching out of the box each version of the interface knows.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NETWORK_SINCE, _NETWORK_RIGHTS = 4, 2
_SCOPES_SINCE, _SCOPES = 6, 2


def version() -> int:
    """The version of this kernel's interface, 0 where there is none."""
    answer = libc().syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))
    return max(0, int(answer))


def restrict(readable: Sequence[str], writable: Sequence[str], newest: int | None = None) -> None:
    """Lets this thread read what lies at and below the paths, write into the files `writable`, and nothing else.

    It has to have `no_new_privs`. `newest` stands for a kernel of that version. Raises OSError, where the kernel has no
    Landlock too.
    """
    ruleset = _made(version() if newest is None else newest)
    try:
        for path in readable:
            _allow(ruleset, path, _READ_FILE | _READ_DIR)
        for path in writable:
            _allow(ruleset, path, _READ_FILE | _WRITE_FILE)
        _call(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)


def _made(known: int) -> int:
    """A set of rules that as yet refuses everything that the interface knows."""
    rights = (1 << _FILE_RIGHTS.get(known, max(_FILE_RIGHTS.values()))) - 1
    attributes = struct.pack("=Q", rights)
    if known >= _NETWORK_SINCE:
        attributes += struct.pack("=Q", (1 << _NETWORK_RIGHTS) - 1)
    if known >= _SCOPES_SINCE:
        attributes += struct.pack("=Q", (1 << _SCOPES) - 1)
    return _call(_CREATE, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))


def _allow(ruleset: int, path: str, rights: int) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= ~_READ_DIR
        rule = struct.pack("=Qi", rights, descriptor)
        _call(_ADD, ctypes.c_int(ruleset), ctypes.c_int(_BENEATH), rule, ctypes.c_uint32(0))
    finally:
        os.close(descriptor)


def _call(number: int, *arguments: object) -> int:
    return called("syscall", ctypes.c_long(number), *arguments)
