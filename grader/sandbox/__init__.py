"""The judge's side of the line: how a submission is run where it can do no harm, and how its answers are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .base import Sandbox


def default_sandbox(protected: Sequence[Path] = ()) -> Sandbox:
    """The strongest sandbox of this machine, tried once.

    Raises SandboxUnavailable with one line that says how to mend it, also where `protected` (solutions, submissions)
    would be visible to student code.
    """
    # Late, so that what needs only the words of `base` does not need msgspec.
    from .bubblewrap import Bubblewrap

    sandbox = Bubblewrap(protected)
    sandbox.available()
    return sandbox
