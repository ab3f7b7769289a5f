"""Which of a student's names is meant for which exercise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from .program import Wanted

_SUFFIX = re.compile(r"(?<=.)(?:layer|node)$")
_SHORT = 6
_LONGEST = 100


def spellings(wanted: Wanted) -> tuple[str, ...]:
    """The names under which an exercise is asked for."""
    return (wanted.name, *wanted.aliases)


def normal(name: str) -> str:
    """A name without case, underscores and a ``Layer`` or ``Node`` at its end."""
    return _SUFFIX.sub("", name.casefold().replace("_", ""))


def same(name: str, wanted: Wanted) -> bool:
    """Whether a name is the exercise's but for case, underscores and suffix."""
    return name in spellings(wanted) or normal(name) in {normal(spelling) for spelling in spellings(wanted)}


class Names:
    """Knows all exercises of an assignment, so that no name is taken for one exercise that is another's."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self._wanted = tuple(wanted)

    def find(self, wanted: Wanted, names: Mapping[str, str], near: bool = False) -> str | None:
        """The name that is meant for an exercise, None when there is none.

        `names` maps a student's names, in the order in which they are defined, to ``"class"``, ``"function"``
        or "" (not known yet). Exact names come first, then names that are the `same`; of several the last. Then,
        when `near`, the only one within edit distance two (one below six letters) that is no other exercise's.
        """
        fitting = [name for name, kind in names.items() if kind in ("", wanted.kind)]
        for spelling in spellings(wanted):
            if spelling in fitting:
                return spelling
        others = self._others(wanted)
        free = [
            name
            for name in fitting
            if name not in others and not name.startswith("__") and len(name) <= _LONGEST
        ]
        equal = [name for name in free if same(name, wanted)]
        if equal:
            return equal[-1]
        if not near:
            return None
        taken = {normal(other) for other in others}
        close = [name for name in free if normal(name) not in taken and _is_close(name, spellings(wanted))]
        return close[0] if len(close) == 1 else None

    def _others(self, wanted: Wanted) -> frozenset[str]:
        others = (other for other in self._wanted if other is not wanted and other.kind == wanted.kind)
        return frozenset(spelling for other in others for spelling in spellings(other))


def _is_close(name: str, spellings: Iterable[str]) -> bool:
    plain = name.casefold().replace("_", "")
    return any(
        within(plain, spelling.casefold().replace("_", ""), _limit(spelling)) for spelling in spellings
    )


def _limit(spelling: str) -> int:
    # Of a name of one or two letters a single other letter leaves nothing.
    return 2 if len(spelling) >= _SHORT else min(1, (len(spelling) - 1) // 2)


def within(a: str, b: str, limit: int) -> bool:
    """Whether at most `limit` letters must be put in, left out or replaced to make `a` into `b`."""
    if abs(len(a) - len(b)) > limit:
        return False
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1] <= limit
