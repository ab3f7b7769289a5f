"""Boxes without walls, for whoever accepts that: a process of their own with limits of time and memory."""

from __future__ import annotations

import os

from . import plain
from .base import Limits, Setup
from .process import GivenUp, ProcessBox


class Unsafe:
    """Opens boxes that can do all that this user can."""

    name = "none"

    def available(self) -> None:
        """Opens an empty box; raises SandboxUnavailable."""
        self.open(Setup({}, (), (), Limits())).close()

    def open(self, setup: Setup) -> ProcessBox:
        """A fresh box; raises SandboxUnavailable, and UnreadableSubmission for names of files that cannot be had."""
        submission = plain.folder(setup, None)
        return plain.opened(submission, setup, GivenUp(others=plain.threads_of(os.getuid())))

    def close(self) -> None:
        """There is nothing to end."""
