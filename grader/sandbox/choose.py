"""Which sandbox this machine gets: the first whose boxes hold against the canaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from grader.errors import SandboxUnavailable

from .base import Sandbox
from .bubblewrap import Bubblewrap
from .canaries import prove
from .landlock import Landlock

# Best first. Each is called with the paths that its boxes must not show.
TIERS: Mapping[str, Callable[[Sequence[Path]], Sandbox]] = {
    Bubblewrap.name: Bubblewrap,
    Landlock.name: Landlock,
}


def proved(name: str, protected: Sequence[Path]) -> Sandbox:
    """The sandbox of this name. Raises SandboxUnavailable, with one line that says how to mend it, unless it holds."""
    sandbox = TIERS[name](protected)
    prove(sandbox)
    return sandbox


def default_sandbox(protected: Sequence[Path]) -> Sandbox:
    """A sandbox that holds here, in which the `protected` paths cannot be read.

    Raises SandboxUnavailable, with one line that says how to mend it.
    """
    reasons = []
    for name in TIERS:
        try:
            return proved(name, protected)
        except SandboxUnavailable as error:
            if str(error) not in reasons:
                reasons.append(str(error))
    raise SandboxUnavailable("; or else: ".join(reasons))
