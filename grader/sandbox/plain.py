"""A box that is a process among the others of this machine, with the same files before its eyes."""

from __future__ import annotations

import functools
import os
import re
import socket
from collections.abc import Sequence
from pathlib import Path

from grader.errors import SandboxUnavailable

from . import runtime
from .base import Limits, Setup
from .child import Child, Launched, launched
from .handin import remove, written
from .process import GivenUp, ProcessBox, StartFailed, processor_seconds
from .zygote import NotForked, ZygoteLost, Zygotes

_COUNTED = re.compile(r"^Uid:\s+(\d+).*^Threads:\s+(\d+)", re.MULTILINE | re.DOTALL)


def opened(submission: Path, setup: Setup, given_up: GivenUp, zygotes: Zygotes | None = None) -> ProcessBox:
    """A box about the files in a folder, which it then owns: forked where there is something to fork it from.

    Raises SandboxUnavailable, and leaves nothing then.
    """
    dispose = functools.partial(remove, submission)
    try:
        if zygotes is None:
            child = Child.of(_fresh(submission, setup), dispose)
        else:
            child = zygotes.fork(setup, str(submission), processor_seconds(setup), dispose)
        return ProcessBox(child, setup, given_up)
    except (StartFailed, ZygoteLost, NotForked) as failed:
        remove(submission)
        last = str(failed).strip().splitlines()[-1:] or ["no reason given"]
        raise SandboxUnavailable(f"a box could not be started: {last[0]}") from None
    except BaseException:
        remove(submission)
        raise


def folder(setup: Setup, group: int | None) -> Path:
    """The submission's files in a folder of their own. Raises UnreadableSubmission."""
    runtime.hide_judge()
    return written(setup.files, group)


def threads_of(user: int) -> int:
    """How many threads a user has on this machine: the kernel's limit counts them all together."""
    total = 0
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                status = Path(entry.path, "status").read_text(encoding="utf-8", errors="replace")
            except OSError:
                # It has just ended.
                continue
            found = _COUNTED.search(status)
            if found and int(found[1]) == user:
                total += int(found[2])
    return total


def zygote(modules: Sequence[str]) -> Launched:
    """Starts a warm process."""
    command = runtime.command_of_zygote(str(runtime.package()), modules, walled=False)
    return launched(command, (), runtime.environment(), "/", Limits(), socket.SOCK_SEQPACKET)


def _fresh(submission: Path, setup: Setup) -> Launched:
    command = runtime.command(str(runtime.package()), str(submission))
    return launched(command, (), runtime.environment(), str(submission), setup.limits)
