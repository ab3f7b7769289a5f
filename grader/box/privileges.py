"""How a child that was started by root becomes nobody."""

from __future__ import annotations

import os
import struct

import numpy as np

from .libc import called, prctl

_PR_SET_KEEPCAPS = 8
_CAP_DAC_READ_SEARCH = 2
_CAPABILITY_VERSION = 0x20080522

# By these it is told whether Python and its packages can be read.
_NEEDED = (os.__file__, np.__file__, __file__)


def become(user: int) -> None:
    """Takes on the user and group `user` for good, without any other group and without capabilities.

    Where Python lies in a folder of root's that is closed to others, one capability is kept: to read what belongs to
    others. What there is to be read is then for the walls to say. Raises OSError.
    """
    os.setgroups([])
    os.setresgid(user, user, user)
    if _can_read(user):
        os.setresuid(user, user, user)
        return
    prctl(_PR_SET_KEEPCAPS, 1)
    os.setresuid(user, user, user)
    _keep(1 << _CAP_DAC_READ_SEARCH)


def drop() -> None:
    """Gives up all capabilities for good. Raises OSError."""
    _keep(0)


def _keep(capabilities: int) -> None:
    # Two words each of what is in force, what may be taken into force, and what may be handed on.
    sets = struct.pack("=6I", *[capabilities] * 2, 0, 0, 0, 0)
    called("capset", struct.pack("=Ii", _CAPABILITY_VERSION, 0), sets)


def _can_read(user: int) -> bool:
    before = os.geteuid()
    os.seteuid(user)
    try:
        return all(os.access(path, os.R_OK, effective_ids=True) for path in _NEEDED)
    finally:
        os.seteuid(before)
