"""Boxes walled in by Landlock, with seccomp and resource limits: where namespaces are refused, as in most containers.

They can read Python's files and the submission's own, write none but /dev/null, and reach no process and no network.
Whether a file exists, and its size, owner and times, they can still ask. A box is forked from a warm process, or has an
interpreter that is started for it alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from grader.box import landlock
from grader.box.limits import Files
from grader.errors import SandboxUnavailable

from . import plain, runtime, seccomp
from .base import Limits, Setup
from .process import GivenUp, ProcessBox
from .zygote import Zygotes

_LIBRARIES = ("/usr", "/lib", "/lib32", "/lib64")
_DEVICES = ("/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_WRITABLE = ("/dev/null",)

_MISSING = "this kernel has no Landlock: it needs Linux 5.13 or newer with landlock among the lsm= of its command line"

# The box becomes another user, and would outlive a root who may not send signals to others.
_CAP_KILL = 5
_HELPLESS = (
    "this root lacks CAP_KILL and could not end a box: grant it to the container, or grade as another user"
)


class Landlock:
    """Opens boxes behind Landlock.

    What lies in `protected` must not be readable in them: where it lies below a folder that is, no box is opened.
    `version` stands for an older kernel's interface. With `fresh` an interpreter is started for every box.
    """

    name = "landlock"

    def __init__(
        self, protected: Sequence[Path] = (), version: int | None = None, *, fresh: bool = False
    ) -> None:
        self._protected = tuple(protected)
        self._version = version
        self._zygotes = None if fresh else Zygotes(plain.zygote)

    @property
    def fresh(self) -> bool:
        """Whether an interpreter is started for every box."""
        return self._zygotes is None

    def available(self) -> None:
        """Opens an empty box; raises SandboxUnavailable with one line that says what is missing."""
        self.open(Setup({}, (), (), Limits())).close()

    def open(self, setup: Setup) -> ProcessBox:
        """A box in which nothing of the submission has run yet.

        Raises SandboxUnavailable, and UnreadableSubmission for names of files that cannot be had.
        """
        program = seccomp.among_files()
        if not landlock.version():
            raise SandboxUnavailable(_MISSING)
        visible = [*map(Path, _LIBRARIES), *runtime.runtime(), runtime.package()]
        runtime.keep_apart(visible, self._protected)
        group = runtime.group()
        if group is not None and not runtime.has_capabilities(_CAP_KILL):
            raise SandboxUnavailable(_HELPLESS)
        submission = plain.folder(setup, group)
        readable = [str(path) for path in (*visible, *map(Path, _DEVICES), submission) if path.exists()]
        given_up = GivenUp(
            program,
            group,
            Files(readable, _WRITABLE, self._version),
            plain.threads_of(os.getuid() if group is None else group),
        )
        return plain.opened(submission, setup, given_up, self._zygotes)

    def close(self) -> None:
        """Ends what was started for boxes to come."""
        if self._zygotes is not None:
            self._zygotes.close()
