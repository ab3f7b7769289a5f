"""Calls of the C library that Python does not have."""

from __future__ import annotations

import ctypes
import functools
import os
from typing import Any


@functools.cache
def libc() -> Any:
    """The library: one for all calls, since each that is made asks for every name anew."""
    return ctypes.CDLL(None, use_errno=True)


def called(name: str, *arguments: object) -> int:
    """What the function of this name gives. Raises OSError where that is below 0."""
    result = int(getattr(libc(), name)(*arguments))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
    return result


def prctl(option: int, *values: int) -> None:
    """Changes what the kernel knows of this process. Raises OSError."""
    called("prctl", option, *[ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)][:4])
