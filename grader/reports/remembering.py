"""What was made of objects that come again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_MOST = 512

V = TypeVar("V")


def remembered(make: Callable[..., V]) -> Callable[..., V]:
    """Calls `make` once for each of the objects, or several, that came last, as `lru_cache` does.

    They are told by what they are and not by what they are equal to, because they take longer to hash than it is worth.
    """
    known: dict[tuple[int, ...], tuple[tuple[object, ...], V]] = {}

    def made(*these: object) -> V:
        key = tuple(map(id, these))
        found = known.get(key)
        if found is None:
            if len(known) >= _MOST:
                known.clear()
            found = known[key] = these, make(*these)  # kept with it, so that nothing else gets their ids
        return found[1]

    return made
