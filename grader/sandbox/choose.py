"""Which sandbox this machine gets: the first whose boxes hold against the canaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeAlias

from grader.errors import SandboxUnavailable

from .base import Sandbox
from .bubblewrap import Bubblewrap
from .canaries import prove
from .landlock import Landlock
from .unsafe import Unsafe

Walled: TypeAlias = Bubblewrap | Landlock


class Kind(Protocol):
    """A kind of sandbox: made with the paths that its boxes must not show, and whether each of them is `fresh`."""

    def __call__(self, protected: Sequence[Path] = (), *, fresh: bool = False) -> Walled: ...


# Best first.
TIERS: Mapping[str, Kind] = {Bubblewrap.name: Bubblewrap, Landlock.name: Landlock}


def proved(name: str, protected: Sequence[Path], *, fresh: bool = False) -> Walled:
    """The sandbox of this name: with boxes that are forked from a warm process, or, where these do not hold or it is
    asked for, with fresh ones.

    Raises SandboxUnavailable, with one line that says how to mend it, unless it holds.
    """
    if not fresh:
        warm = TIERS[name](protected)
        with suppress(SandboxUnavailable):
            prove(warm)
            return warm
        warm.close()
    sandbox = TIERS[name](protected, fresh=True)
    prove(sandbox)
    return sandbox


def known_to_hold(name: str, protected: Sequence[Path], *, fresh: bool) -> Sandbox:
    """The sandbox of this name, ``none`` included, where another process of this machine has proved it."""
    return Unsafe() if name == Unsafe.name else TIERS[name](protected, fresh=fresh)


def default_sandbox(protected: Sequence[Path], *, fresh: bool = False) -> Walled:
    """A sandbox that holds here, in which the `protected` paths cannot be read.

    Raises SandboxUnavailable, with one line that says how to mend it.
    """
    reasons = []
    for name in TIERS:
        try:
            return proved(name, protected, fresh=fresh)
        except SandboxUnavailable as error:
            if str(error) not in reasons:
                reasons.append(str(error))
    raise SandboxUnavailable("; or else: ".join(reasons))
