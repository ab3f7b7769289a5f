"""The name that a misspelt one was meant for, where only one can be."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 60
_SHORT = 5
_LONG = 8
_DIGITS = re.compile(r"\d+")


def nearest(name: str, known: Iterable[str]) -> str:
    """The only known name that differs from `name` by a slip of the hand, "" where there is none or are several.

    Slips are a letter in capitals or small, a digit that looks like a letter, two letters exchanged, one letter more,
    less or other (two in names of eight letters or more). Short names, parts of one or two letters, and digits must
    have the same letters: dW is no slip for db, w1 none for w2, x_train none for y_train.
    """
    best: list[str] = []
    least = 3.0
    for other in known:
        far = _far(name, other) if type(other) is str else 3.0
        if far < least:
            best, least = [other], far
        elif far == least < 3.0:
            best.append(other)
    return best[0] if len(best) == 1 else ""


def _far(name: str, other: str) -> float:
    """How many slips lie between two names, 3 where one cannot have been meant for the other."""
    longest = max(len(name), len(other))
    if name == other or longest > _LONGEST or other.startswith("__") or abs(len(name) - len(other)) > 2:
        return 3.0
    if _seen(name) == _seen(other):
        return 0.5
    if _DIGITS.findall(name) != _DIGITS.findall(other) or not _same_short_parts(name, other):
        return 3.0
    if len(name) < _SHORT:
        # Letters exchanged or doubled.
        return 1.0 if set(name) == set(other) and len(name) > 2 and slips(name, other) == 1 else 3.0
    # Every letter that only one of them has is a slip of its own.
    if max(len(set(name) - set(other)), len(set(other) - set(name))) > 2:
        return 3.0
    count = slips(name, other)
    return float(count) if count <= (2 if longest >= _LONG else 1) else 3.0


def _seen(name: str) -> str:
    """A name as it looks: small and capital letters, l and 1, o and 0 are taken for one another."""
    return name.casefold().replace("0", "o").replace("1", "l")


def _same_short_parts(name: str, other: str) -> bool:
    mine, theirs = name.split("_"), other.split("_")
    return len(mine) != len(theirs) or all(
        one == two or min(len(one), len(two)) > 2 for one, two in zip(mine, theirs, strict=True)
    )


def slips(a: str, b: str) -> int:
    """How many letters must be put in, left out, replaced, or exchanged with the next, to make `a` into `b`."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        row = [i]
        for j, right in enumerate(b, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]
