"""What was made of an object that comes again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_MOST = 512

T = TypeVar("T")
V = TypeVar("V")


def remembered(make: Callable[[T], V]) -> Callable[[T], V]:
    """Calls `make` once for each of the objects that came last, as `lru_cache` does.

    They are told by what they are and not by what they are equal to, because they take longer to hash than it is worth.
    """
    known: dict[int, tuple[T, V]] = {}

    def made(one: T) -> V:
        found = known.get(id(one))
        if found is None:
            if len(known) >= _MOST:
                known.clear()
            found = known[id(one)] = one, make(one)  # kept with it, so that nothing else gets its id
        return found[1]

    return made
