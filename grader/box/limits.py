"""What a child gives up for good before it meets a student's code: resources, privileges and system calls."""

from __future__ import annotations

import ctypes
import json
import os
import resource
from dataclasses import asdict, dataclass

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_BYTES_OF_INSTRUCTION = 8


@dataclass(frozen=True)
class Hardening:
    """Bytes of memory, seconds of processor time, bytes of a file, open files, threads."""

    memory: int
    cpu: int
    file: int = 16 << 20
    files: int = 256
    threads: int = 64

    def packed(self) -> bytes:
        return json.dumps(asdict(self)).encode("ascii")

    @classmethod
    def unpacked(cls, text: bytes) -> Hardening:
        return cls(**json.loads(text))


class _Program(ctypes.Structure):
    """``struct sock_fprog``"""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def harden(hardening: Hardening, program: bytes) -> None:
    """Sets the limits and installs a seccomp filter; raises OSError where the kernel refuses. There is no way back.

    The hard limit of processor time lies a second above the soft one, whose signal can be caught.
    """
    for limit, soft, hard in (
        (resource.RLIMIT_AS, hardening.memory, hardening.memory),
        (resource.RLIMIT_CPU, hardening.cpu, hardening.cpu + 1),
        (resource.RLIMIT_FSIZE, hardening.file, hardening.file),
        (resource.RLIMIT_NOFILE, hardening.files, hardening.files),
        (resource.RLIMIT_NPROC, hardening.threads, hardening.threads),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(limit, (soft, hard))
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    described = _Program(len(program) // _BYTES_OF_INSTRUCTION, program)
    _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(described))


def _prctl(option: int, *values: int) -> None:
    arguments = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)][:4]
    if ctypes.CDLL(None, use_errno=True).prctl(option, *arguments) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
