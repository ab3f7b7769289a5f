"""Many submissions, one after another; each result is on disk before the next begins."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from grader import __version__
from grader.errors import Fault, UsageError
from grader.flags import Entry, entry, with_copies
from grader.grading import Grader
from grader.language import _
from grader.model import ClassReport, Report, Status
from grader.reports import facts_of, write_class, write_pages
from grader.submissions import Submission, content

SEED_FILE = ".hidden-seed"
SEED_BITS = 128


class Handle(Protocol):
    """A submission that has not been read yet."""

    @property
    def student(self) -> str:
        """What tells the rows of a class apart."""
        ...

    def read(self) -> Submission:
        """The submission, in memory."""
        ...


def hidden_seed(folder: Path, *, given: int | None = None, new: bool = False) -> int:
    """The seed of the hidden cases: the one that lies in the folder, so that a late student meets the same cases.

    A given one, or a new one if asked for, takes its place. The file has mode 0600. Raises UsageError when it holds
    no number.
    """
    path = folder / SEED_FILE
    if given is None and not new and path.exists():
        try:
            return int(path.read_text(encoding="ascii"))
        except ValueError as error:
            raise UsageError(f"{path} does not hold a seed; delete it, or give --new-seed.") from error
    seed = secrets.randbits(SEED_BITS) if given is None else given
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _write_secret(path, f"{seed}\n")
    return seed


def _write_secret(path: Path, text: str) -> None:
    # Made anew beside it, so that neither a link nor the mode of an older file decides who can read it.
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turns what a disk refuses into a Fault of one line."""
    try:
        yield
    except OSError as error:
        raise Fault(
            f"{folder} cannot be written to: {error.strerror or error}; what was written before is complete."
        ) from error


@dataclass
class Batch:
    """A run over a class. `done` grows as submissions are graded; `report` is the class as it stands."""

    grader: Grader
    folder: Path
    done: list[Report] = field(default_factory=list)
    _entries: dict[str, Entry] = field(default_factory=dict)
    _together: dict[tuple[str, bytes], Report] = field(default_factory=dict)

    @property
    def report(self) -> ClassReport:
        """All results so far."""
        assignment = self.grader.assignment
        return ClassReport(
            assignment=assignment.name,
            title=_(assignment.title),
            grader=__version__,
            seed=self.grader.key.fingerprint,
            sandbox=self.grader.sandbox.name,
            max_score=assignment.max_score,
            submissions=tuple(self.done),
        )

    def run(self, handles: Iterable[Handle], progress: Callable[[Report], None]) -> ClassReport:
        """Grades all and writes all reports, those of the class also when it is interrupted.

        Raises Fault when they cannot be written; every file that is there is complete.
        """
        try:
            for handle in handles:
                report = self._graded(handle)
                self.done.append(report)
                with _writing(self.folder):
                    write_pages(self.folder, report, facts_of(self.report))
                progress(report)
        finally:
            old, self.done = self.done, with_copies(self.done, self._entries)
            with _writing(self.folder):
                write_class(self.folder, self.report)
                for before, report in zip(old, self.done, strict=True):
                    if report is not before:
                        write_pages(self.folder, report, facts_of(self.report))
        return self.report

    def _graded(self, handle: Handle) -> Report:
        try:
            submission = handle.read()
        except Fault as fault:
            return self.grader.unjudged(Submission(handle.student, ()), fault)
        together = (submission.group, content(submission.files))
        if submission.group and together in self._together:
            # Nor are members of one group copies of one another: the first of them stands for all.
            shared = self._together[together]
            return replace(shared, student=submission.student, name=submission.name)
        report = self.grader.grade(submission)
        if submission.group:
            self._together[together] = report
        own = entry(submission, self.grader.assignment.sought) if report.status is Status.GRADED else None
        if own is not None:
            self._entries[report.student] = own
        return report
