"""Where submissions lie: a folder, or one archive. Both list what they hold and read one part of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG
from typing import Protocol

from grader.errors import Fault, UsageError
from grader.language import _
from grader.submissions.archive import Damaged, Kind, Member, members, mending, size_limit, unpack
from grader.submissions.names import passed_over, presentable, shown
from grader.submissions.submission import LIMITS, Budget, Contents, File, Refused

_LISTED_DEPTH = 5
_CLASS_BYTES = 8 << 30


class Tree(Protocol):
    """A place that holds submissions."""

    def listing(self) -> dict[str, Kind]:
        """The paths of the upper levels with their kinds; of what is passed over the top only. Raises UsageError."""

    def read(self, path: str, budget: Budget) -> Contents:
        """The file, or all files, at a listed path; their paths are relative to it.

        Raises Refused, and Fault when the disk or the class's own archive is to blame.
        """


@dataclass(frozen=True)
class Folder:
    """A folder on disk. Links are never followed."""

    root: Path

    def listing(self) -> dict[str, Kind]:
        try:
            return {path: kind for path, kind, _ in _walk(self.root, _LISTED_DEPTH)}
        except OSError as error:
            raise UsageError(f"{shown(str(self.root))} cannot be read: {error.strerror}.") from error

    def read(self, path: str, budget: Budget) -> Contents:
        top = self.root / path
        where = shown(presentable(path))
        try:
            if top.is_dir():
                return _read_folder(top, where, budget)
            data = _read_file(top)
        except OSError as error:
            raise Fault(f"{where} cannot be read: {error.strerror}.") from error
        name = presentable(top.name)
        return Contents(large=(name,)) if data is None else Contents((File(name, data),))


def _read_folder(top: Path, where: str, budget: Budget) -> Contents:
    files: list[File] = []
    links: list[str] = []
    large: list[str] = []
    for path, kind, place in _walk(top, LIMITS.depth + 1):
        if kind == "left":
            continue
        if path.count("/") >= LIMITS.depth:
            deep = _("{where} holds more than {depth} folders in one another; hand in fewer.")
            raise Refused(deep.format(where=where, depth=LIMITS.depth))
        if kind == "folder":
            continue
        budget.count(where)
        name = presentable(path)
        if kind != "file":
            links.append(name)
        elif (data := _read_file(Path(place))) is None:
            large.append(name)
        else:
            budget.take(len(data), where)
            files.append(File(name, data))
    return Contents(tuple(files), tuple(links), tuple(large))


def _walk(folder: Path, depth: int, above: str = "") -> Iterator[tuple[str, Kind, str]]:
    """Relative path, kind and whole path of everything below `folder`."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path, kind = above + entry.name, _kind(entry)
        yield path, kind, entry.path
        if kind == "folder" and depth > 1:
            yield from _walk(Path(entry.path), depth - 1, path + "/")


def _kind(entry: os.DirEntry[str]) -> Kind:
    if passed_over(entry.name + "/" * entry.is_dir(follow_symlinks=False)):
        return "left"
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "special"


def _read_file(path: Path) -> bytes | None:
    # A file may have become a link or a pipe since it was listed: neither is followed or waited for.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        if not S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is no regular file")
        limit = size_limit(path.name)
        data = stream.read(limit + 1)
    return None if len(data) > limit else data


@dataclass(frozen=True)
class Packed:
    """An archive that holds a whole class. It is read through again for every submission."""

    root: Path

    def listing(self) -> dict[str, Kind]:
        found: dict[str, Kind] = {}
        try:
            with self.root.open("rb") as stream, mending(self.root.name):
                for member in members(self.root.name, stream, _CLASS_BYTES):
                    found.update(_levels(member))
        except Refused as refused:
            raise UsageError(str(refused)) from refused
        except OSError as error:
            raise UsageError(f"{shown(str(self.root))} cannot be read: {error.strerror}.") from error
        return found

    def read(self, path: str, budget: Budget) -> Contents:
        where = path.rpartition("/")[2]
        try:
            with self.root.open("rb") as stream:
                found = members(self.root.name, stream, _CLASS_BYTES)
                return unpack(where, _inside(found, path.split("/")), budget)
        except Damaged as damaged:
            raise Fault(f"{shown(self.root.name)} is damaged at {shown(path)}.") from damaged
        except OSError as error:
            raise Fault(f"{shown(str(self.root))} cannot be read: {error.strerror}.") from error


def _parts(member: Member) -> list[str]:
    return [part for part in member.name.replace("\\", "/").split("/") if part not in ("", ".")]


def _levels(member: Member) -> Iterator[tuple[str, Kind]]:
    parts = _parts(member)
    for end in range(1, min(len(parts), _LISTED_DEPTH) + 1):
        path, whole = "/".join(parts[:end]), end == len(parts)
        if parts[end - 1] == "..":
            return
        if passed_over(path if whole and member.kind != "folder" else f"{path}/"):
            yield path, "left"
            return
        yield path, member.kind if whole else "folder"


def _inside(found: Iterator[Member], path: list[str]) -> Iterator[Member]:
    for member in found:
        parts = _parts(member)
        if parts[: len(path)] == path:
            yield replace(member, name="/".join(parts[len(path) :] or parts[-1:]))
