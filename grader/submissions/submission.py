"""A submission in memory, and how much of one is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from grader.errors import UnreadableSubmission
from grader.language import _


class NothingHandedIn(UnreadableSubmission):
    """There is no file at all: the submission is missing rather than unreadable."""


@dataclass(frozen=True)
class File:
    """One file. `path` is relative to the submission, with ``/``, and never leads out of it."""

    path: str
    data: bytes


def content(files: Iterable[File]) -> bytes:
    """A hash of all names and bytes: equal for equal files alone."""
    parts = ((file.path.encode("utf-8", "surrogatepass"), file.data) for file in files)
    return sha256(b"".join(sha256(part).digest() for pair in parts for part in pair)).digest()


@dataclass(frozen=True, slots=True)
class Submission:
    """What one student handed in.

    `student` tells the rows of a class apart and may hold any character; `name` is the student's name where
    the layout knows it. `problem` is a sentence to the student when nothing in it can be read; `notes` are
    sentences about what was left out or done on the way.

    attempt    which hand-in of this student, 1 the first; all of a student's attempts have the same `student`
    handed_in  when, with its time zone; None where nothing says so, which is never late
    late       what the LMS itself says, None where it says nothing
    path       where it lies below what was searched, the first of several
    group      of those who handed in together, "" of one alone. Each member has a submission of their own;
               where group and files are equal, so is the report.
    """

    student: str
    files: tuple[File, ...]
    name: str = ""
    problem: str = ""
    notes: tuple[str, ...] = ()
    attempt: int = 1
    handed_in: datetime | None = None
    late: bool | None = None
    path: str = ""
    group: str = ""


@dataclass(frozen=True)
class Contents:
    """What was read from one place, and the paths of what was not: links and special files, large files."""

    files: tuple[File, ...] = ()
    links: tuple[str, ...] = ()
    large: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """How much of one submission is read; sizes in bytes.

    `scanned` also counts the members of an archive that are passed over, `inflated` also their bytes. A file
    larger than `one` (an archive: than `archive`) is left out alone; every other limit refuses the whole. What
    comes out of an archive may exceed `one` only if it is at most `ratio` times the archive's size.
    """

    files: int = 2000
    scanned: int = 50_000
    total: int = 64 << 20
    one: int = 16 << 20
    archive: int = 64 << 20
    inflated: int = 256 << 20
    ratio: int = 200
    depth: int = 16


LIMITS = Limits()
MIB = 1 << 20


class Refused(Exception):
    """Something that is not read; the text is a sentence to the student that says how to mend it."""


class Budget:
    """What may still be read of one submission, over all of its folders and archives."""

    def __init__(self) -> None:
        self._files = 0
        self._bytes = 0

    def count(self, where: str) -> None:
        """One more file of `where`. Raises Refused."""
        self._files += 1
        if self._files > LIMITS.files:
            many = _(
                "{where} holds more than {count} files; hand in the .py or .ipynb file and only the data that it needs."
            )
            raise Refused(many.format(where=where, count=LIMITS.files))

    def take(self, size: int, where: str) -> None:
        """`size` more bytes of `where`. Raises Refused."""
        self._bytes += size
        if self._bytes > LIMITS.total:
            large = _(
                "{where} holds more than {size} MiB; hand in the .py or .ipynb file and only the data that it needs."
            )
            raise Refused(large.format(where=where, size=LIMITS.total // MIB))
