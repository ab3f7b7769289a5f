"""Which sandbox this machine gets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .base import Sandbox
from .bubblewrap import Bubblewrap


def default_sandbox(protected: Sequence[Path]) -> Sandbox:
    """A sandbox that works here, in which the `protected` paths cannot be seen.

    Raises SandboxUnavailable, with one line that says how to mend it.
    """
    sandbox = Bubblewrap(protected)
    sandbox.available()
    return sandbox
