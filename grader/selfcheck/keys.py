"""Which public answer key a file or a notebook is checked by."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from grader.errors import UsageError
from grader.frozen import SUFFIX, PublicKey, from_bytes


def near(folder: Path) -> list[Path]:
    """The keys in the nearest folder that has any, from `folder` upwards."""
    for place in [folder, *folder.parents]:
        if found := sorted(path for path in place.glob("*" + SUFFIX) if path.is_file()):
            return found
    return []


def read(path: Path) -> PublicKey:
    """The key in a file. Raises UsageError where it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    return from_bytes(data, path.name)


def fitting(found: Sequence[Path], where: str, defines: Callable[[PublicKey], int]) -> PublicKey:
    """The key of which most is defined. Raises UsageError where there is none, or where that does not tell them apart.

    `where` says where the keys were looked for.
    """
    if not found:
        raise UsageError(
            f"There is no public answer key (NAME{SUFFIX}) in {where} or above; copy the one of the assignment's "
            "bundle there"
        )
    keys = [read(path) for path in found]
    if len(keys) == 1:
        return keys[0]
    counts = [defines(key) for key in keys]
    best = [path.name for path, count in zip(found, counts, strict=True) if count == max(counts)]
    if len(best) > 1:
        raise UsageError(
            f"{', '.join(best)} fit equally well; leave only the assignment's own key in {where}"
        )
    return keys[counts.index(max(counts))]


def named_in(text: str, key: PublicKey) -> int:
    """How many of the assignment's names a program's text defines."""
    names = {name for one in key.assignment.sought for name in (one.name, *one.aliases)}
    defined = set(re.findall(r"(?:^|\\n|[\"'\n])[ \t]*(?:def|class)[ \t]+(\w+)", text))
    return len(names & defined)
